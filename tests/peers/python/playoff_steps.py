"""The official Python client, Playoff 0.7.6, against the sandbox.

Its only shims: PyJWT 1.7.1 in its venv (it decodes what newer ones give as text), `urlopen` swapping the two
hosts (they can't be set apart, nor without https), `load` given (without one its first call fails), and the
redirect address set after the constructor, which drops it.
"""

import json
import sys
import time
import urllib.request

from playoff import Playoff, PlayoffException

from reporter import Reporter, equal
from visitor import Visitor

PLAYER = "johny"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

world = json.load(sys.stdin)
report = Reporter()
real_urlopen = urllib.request.urlopen
HOSTS = {
    "https://api.playoffgamification.io/": world["apiUrl"] + "/",
    "https://playoffgamification.io/": world["authUrl"] + "/",
}


def urlopen_of_the_sandbox(request, *rest, **named):
    for host, replacement in HOSTS.items():
        if request.full_url.startswith(host):
            request.full_url = replacement + request.full_url[len(host):]
            return real_urlopen(request, *rest, **named)
    raise AssertionError("a call to an unknown host: " + request.full_url.split("?")[0])


urllib.request.urlopen = urlopen_of_the_sandbox


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode("utf-8")
    headers = {} if body is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(world["control"] + path, data, headers, method=method)
    with real_urlopen(request) as response:
        text = response.read()
    return json.loads(text) if text else None


def token_calls():
    return [call for call in control("GET", "/log")["calls"] if call["path"] == "/auth/token"]


class Memory:
    """What `store` and `load` keep. At first: a token that has ended, so that the client asks for one."""

    def __init__(self, token=None):
        self.token = token or {"access_token": "", "expires_at": 0}
        self.stored = []

    def store(self, token):
        self.token = token
        self.stored.append(dict(token))

    def load(self):
        return self.token


def client(client_id="sandbox-app", memory=None, **changes):
    memory = memory or Memory()
    seeded = next(one for one in world["clients"] if one["clientId"] == client_id)
    options = {"client_id": client_id, "client_secret": seeded["clientSecret"], "type": "client"}
    options.update(changes)
    return Playoff(store=memory.store, load=memory.load, **options)


def me():
    # A new dict every time: the client adds its token to the one it is given.
    return {"player_id": PLAYER}


def fails(call, name):
    try:
        call()
    except PlayoffException as error:
        equal(error.name, name, "name")
        if not isinstance(error.message, str) or not error.message:
            raise AssertionError("no message: %r" % (error.message,))
    else:
        raise AssertionError("expected %s, got no error" % name)


def reads_profile():
    memory = Memory()
    one = client(memory=memory)
    equal(one.get("/runtime/player", me()), control("GET", "/players/" + PLAYER), "profile")
    one.get("/runtime/player", me())
    equal(len(memory.stored), 1, "tokens stored")
    equal([call["status"] for call in token_calls()], [200], "token requests")


def reads_lists():
    one = client()
    players = one.get("/runtime/players", dict(me(), limit=3))
    equal(len(players["data"]), 3, "players asked for by limit")
    equal(players["total"], len(world["players"]), "total of players")
    board = one.get("/runtime/leaderboards", me())[0]
    ranking = one.get("/runtime/leaderboards/" + board["id"], dict(me(), cycle="alltime"))
    equal(ranking["data"][0]["rank"], 1, "first rank")
    equal(one.get("/admin/players/" + PLAYER, {})["id"], PLAYER, "id of the admin's view")


def reads_image():
    image = client().get("/runtime/assets/game", me(), raw=True)
    equal(image[:8], PNG_SIGNATURE, "first bytes")


def plays():
    one = client()
    answer = one.post(PLAY, me(), {"variables": {"n": 2}})
    event = answer["events"]["local"][0]
    equal((event["event"], event["action"]["id"]), ("action", "collect"), "first local event")
    change = next(change for change in event["changes"] if change["metric"]["type"] == "point")
    profile = one.get("/runtime/player", me())
    values = [score["value"] for score in profile["scores"] if score["metric"]["id"] == change["metric"]["id"]]
    equal(values, [change["delta"]["new"]], "points after the play")
    equal(profile, control("GET", "/players/" + PLAYER), "profile after the play")


def manages_players():
    one = client()
    visitor = {"id": "visitor", "alias": "Visitor"}
    equal(one.post("/admin/players", {}, visitor)["scores"], {}, "scores of a created player")
    fails(lambda: one.post("/admin/players", {}, visitor), "player_exists")
    equal(one.patch("/runtime/player", {"player_id": "visitor"}, {"alias": "Guest"})["alias"], "Guest", "alias")
    one.delete("/admin/players/visitor", {})
    fails(lambda: one.get("/admin/players/visitor", {}), "player_not_found")


def heals_from_broken_token():
    memory = Memory({"access_token": "broken", "expires_at": int(time.time()) + 3600})
    equal(client(memory=memory).get("/runtime/player", me()), control("GET", "/players/" + PLAYER), "profile")
    equal(len(memory.stored), 1, "tokens stored")


def heals_from_revoked_token():
    memory = Memory()
    one = client(memory=memory)
    one.get("/runtime/player", me())
    control("POST", "/revoke", {"client_id": "sandbox-app"})
    equal(one.get("/runtime/player", me()), control("GET", "/players/" + PLAYER), "profile")
    equal(len(memory.stored), 2, "tokens stored")


def code_client():
    seeded = next(one for one in world["clients"] if one["type"] == "authorization_code")
    one = client(seeded["clientId"], type="code")
    one.redirect_uri = seeded["redirectUris"][0]
    return one


def exchanges_code():
    one = code_client()
    request = {"client_id": one.client_id, "player_id": PLAYER, "redirect_uri": one.redirect_uri}
    one.exchange_code(control("POST", "/code", request)["code"])
    equal(one.get("/runtime/player", {}), control("GET", "/players/" + PLAYER), "profile")


def login_address(one):
    """Its own, at the sandbox. It holds a bytes literal, b'...', which no service could read: the literal is opened."""
    host = "https://playoffgamification.io/auth?"
    address = one.get_login_url()
    if not (address.startswith(host + "b'") and address.endswith("'")):
        raise AssertionError("another login address than that of 0.7.6: " + address)
    return world["authUrl"] + "/auth?" + address[len(host) + 2:-1]


def signs_in():
    one = code_client()
    visitor = Visitor()
    address, answer = visitor.decide(login_address(one), "allow", PLAYER)
    equal((address, list(answer)), (one.redirect_uri, ["code"]), "where the code went")
    one.exchange_code(answer["code"])
    equal(one.get("/runtime/player", {}), control("GET", "/players/" + PLAYER), "profile")
    fails(lambda: code_client().exchange_code(answer["code"]), "invalid_grant")

    two = code_client()
    _, answer = visitor.decide(login_address(two), "allow")
    two.exchange_code(answer["code"])
    equal(two.get("/runtime/player", {})["id"], PLAYER, "the player who signed in before")


def is_denied():
    one = code_client()
    address, answer = Visitor().decide(login_address(one), "deny")
    equal((address, answer["error"], "code" in answer), (one.redirect_uri, "access_denied", False), "the answer")


def refusal(name, call):
    return lambda: fails(call, name)


PLAY = "/runtime/actions/collect/play"

STEPS = [
    ("client credentials and a profile, equal to the control route's", reads_profile),
    ("lists, a leaderboard and the admin's view", reads_lists),
    ("an image", reads_image),
    ("a play that changes the profile", plays),
    ("creating, changing and deleting a player", manages_players),
    ("an unknown route", refusal("route_not_found", lambda: client().get("/runtime/nothing", me()))),
    ("an unknown player", refusal("player_not_found", lambda: client().get("/runtime/player", {"player_id": "nobody"}))),
    ("no player", refusal("invalid_player", lambda: client().get("/runtime/player", {}))),
    ("a client without the scope", refusal("access_denied", lambda: client("sandbox-limited").post(PLAY, me(), {}))),
    ("a body that fails validation", refusal("validation_exception", lambda: client().post("/admin/players", {}, {"alias": 7}))),
    ("a wrong secret", refusal("client_auth_fail", lambda: client(client_secret="wrong").get("/runtime/player", me()))),
    ("healing from a broken token", heals_from_broken_token),
    ("healing from a revoked token", heals_from_revoked_token),
    ("a code", exchanges_code),
    ("its own login address, the page, and the code exchanged once", signs_in),
    ("a player who denies it", is_denied),
]

for title, body in STEPS:
    control("POST", "/reset", {})
    report.step(title, body)
report.close()
