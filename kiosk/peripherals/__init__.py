"""The lane's end of the link: what daemons say becomes events, what a visit wants becomes calls."""
