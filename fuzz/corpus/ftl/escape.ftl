paid-heading = {"\u00fc"} {"\U01F602"} {"{"}
