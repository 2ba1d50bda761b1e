"""PyJWT 2: {"mint": {claims, secret}} gives a JWS; {"check": {jws, secret}} its header and claims, or an error's name."""

import json
import sys

import jwt

order = json.load(sys.stdin)
if "mint" in order:
    answer = jwt.encode(order["mint"]["claims"], order["mint"]["secret"], algorithm="HS256")
else:
    jws, secret = order["check"]["jws"], order["check"]["secret"]
    try:
        claims = jwt.decode(jws, secret, algorithms=["HS256"], options={"require": ["exp", "iat"]})
        answer = {"header": jwt.get_unverified_header(jws), "claims": claims}
    except jwt.InvalidTokenError as error:
        answer = {"error": type(error).__name__}
print(json.dumps(answer))
