paid-heading = { NUMBER(1234.5, minimumFractionDigits: 2) }
