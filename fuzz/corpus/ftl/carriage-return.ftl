paid-subject = DankeBestellung { $number }
