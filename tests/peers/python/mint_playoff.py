"""A JWT made by the official client's own createJWT: what it takes comes in as JSON, the text goes out."""

import json
import sys

from playoff import Playoff

order = json.load(sys.stdin)
token = Playoff.createJWT(
    order["clientId"], order["clientSecret"], order["playerId"], order["scopes"], order["expires"]
)
print(json.dumps(token))
