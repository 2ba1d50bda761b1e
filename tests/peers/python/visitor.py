"""A player at the sandbox's sign-in page, without a browser: keeps cookies, reads the page's form, sends it."""

import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar


class Form(HTMLParser):
    """The page's form: where it goes, and what it always sends."""

    def __init__(self, html):
        super().__init__()
        self.action = None
        self.fields = {}
        self.feed(html)
        if self.action is None:
            raise AssertionError("a page without a form: " + html[-400:])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.action = attributes["action"]
        elif tag == "input" and attributes["type"] == "hidden":
            self.fields[attributes["name"]] = attributes["value"]


class Stay(urllib.request.HTTPRedirectHandler):
    """Lets redirects be seen."""

    def redirect_request(self, *_):
        return None


class Visitor:
    def __init__(self):
        self.opener = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(CookieJar()))

    def decide(self, url, decision, player=None):
        """Opens an authorization address; gives the address that it is sent back to, and the answer there."""
        with self.opener.open(url) as response:
            form = Form(response.read().decode("utf-8"))
        fields = dict(form.fields, decision=decision)
        if player is not None:
            fields["player"] = player
        data = urllib.parse.urlencode(fields).encode("utf-8")
        try:
            self.opener.open(urllib.parse.urljoin(url, form.action), data).close()
        except urllib.error.HTTPError as redirect:
            with redirect:
                if redirect.code != 303:
                    raise AssertionError("the form: %d %s" % (redirect.code, redirect.read()))
                address, _, query = redirect.headers["Location"].partition("?")
                return address, dict(urllib.parse.parse_qsl(query))
        raise AssertionError("the form gave no redirect")
