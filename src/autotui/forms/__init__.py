"""Stories in the forms that leave the house: pure, values in, text or bytes out."""
