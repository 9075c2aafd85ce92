paid-subject = Danke, { $nmber }
