"""JWTs made by the official client's own createJWT: {client_id, client_secret, player_id, scopes, expires} in, text out."""

import json
import sys

from playoff import Playoff

order = json.load(sys.stdin)
print(json.dumps(Playoff.createJWT(order["clientId"], order["clientSecret"], order["playerId"], order["scopes"], order["expires"])))
