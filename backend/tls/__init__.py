"""The backend's own certificate authority and its server certificate."""
