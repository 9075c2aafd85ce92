paid-subject = { 
