"""What authors state, as frozen values: fields, records, statements, and the whole of them."""
