paid-subject = { "" }
