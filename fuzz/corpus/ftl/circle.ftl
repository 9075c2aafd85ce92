paid-subject = { paid-heading } { $number }
paid-heading = { paid-subject }
