"""What a person does to the backend at the command line, whether its server runs or not."""
