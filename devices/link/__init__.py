"""How the processes of a lane talk: Varlink messages over Unix stream sockets, one socket per process.

To serve: `devices.link.daemon` (a whole daemon) or `devices.link.server` (a socket in a running loop).
To call: `devices.link.client` (one connection) or `devices.link.device` (a daemon, reconnecting).
Beside them: `events` (the ring with boot_id and seq), `claims` (exclusive use), `messages` (CallError).
The contracts are the ``.varlink`` files in this folder, read by `devices.link.contracts`.
"""
