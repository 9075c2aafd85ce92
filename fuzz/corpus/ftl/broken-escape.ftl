paid-subject = {"\u00é"}
