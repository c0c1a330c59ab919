#!/usr/bin/env python3
"""Writes nginx.conf.template from infra/routes.yaml. Ports and paths stay {{NAMES}}, which `up` fills in.

gateway.py           writes the file
gateway.py --check   says whether the committed file is what the table gives; exit code 1 when it is not
"""

import json
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
TABLE, TARGET = HERE.parent / "routes.yaml", HERE / "nginx.conf.template"

# What the gateway itself answers: status -> code and title.
PROBLEMS = {
    400: ("bad_request", "The request could not be read"),
    404: ("not_found", "There is nothing here"),
    405: ("method_not_allowed", "This method is not allowed here"),
    408: ("request_timeout", "The request took too long to arrive"),
    413: ("body_too_large", "The request body is too large"),
    414: ("uri_too_long", "The address is too long"),
    429: ("too_many_requests", "Too many requests; please slow down"),
    431: ("headers_too_large", "The request headers are too large"),
    500: ("internal", "Something went wrong on our side"),
    502: ("service_unreachable", "The service cannot be reached right now"),
    503: ("unavailable", "The service is busy; please try again"),
    504: ("service_too_slow", "The service did not answer in time"),
}
# Other statuses of nginx that are told as one of these: a folder without an index, an unknown transfer coding, too large headers
# (nginx's own number 494), plain HTTP at the TLS port (497).
ALSO = {404: [403], 405: [501], 431: [494], 400: [497]}


def main():
    text = render(yaml.safe_load(TABLE.read_text()))
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != text:
            sys.exit(f"{TARGET.name} is not what {TABLE.name} gives: run infra/local/gateway.py")
        print(f"{TARGET.name} is what {TABLE.name} gives")
        return
    TARGET.write_text(text)


def render(table):
    filled = {
        "UPSTREAMS": "\n".join(upstream(*item) for item in table["services"].items()),
        "ZONES": "\n".join(zone(*item) for item in table["rates"].items()),
        "LOCATIONS": "\n".join(location(route, table["rates"]) for route in table["routes"]),
        "OPENAPI": "\n".join([openapi_list(table["services"]), *map(openapi, table["services"])]),
        "ERROR_PAGES": "\n".join(error_page(status) for status in PROBLEMS),
        "PROBLEMS": "\n".join(problem(status, *said) for status, said in PROBLEMS.items()),
    }
    text = (HERE / "nginx.skeleton").read_text()
    for name, value in filled.items():
        text = text.replace(f"@{name}@\n", value + "\n")
    return text


def upstream(service, port):
    return f"  upstream {service} {{ server 127.0.0.1:{{{{{port}}}}}; keepalive 16; keepalive_timeout 30s; }}"


def zone(name, rate):
    return f"  limit_req_zone ${name}_key zone={name}:10m rate={rate['per_second']}r/s;"


def location(route, rates):
    pattern = route.get("pattern") or f"^{route['prefix']}(?:/|$)"
    lines = [
        f"    # {route['service']}, for {' '.join([route['who']] if isinstance(route['who'], str) else route['who'])}",
        f"    location ~ {json.dumps(pattern)} {{",
        "      if ($headers_too_large) { return 431; }",
        *limits(route["rate"], rates),
        f"      client_max_body_size {route['body'] or 1};",
        *(["      proxy_buffering off;", "      proxy_read_timeout 1h;"] if route.get("sse") else []),
        f"      proxy_pass http://{route['service']};",
        "    }",
    ]
    return "\n".join(lines)


def limits(rate, rates):
    names = {"auth": ["auth"], "api": ["read", "write"], "upload": ["read", "upload"]}[rate]
    return [f"      limit_req zone={name} burst={rates[name]['burst']} nodelay;" for name in [*names, "address"]]


def openapi_list(services):
    return f"    location = /openapi/index.json {{ default_type application/json; return 200 '{json.dumps(list(services))}'; }}"


def openapi(service):
    return f"    location = /openapi/{service}.json {{ alias {{{{ROOT}}}}/{service}-service/openapi.json; }}"


def error_page(status):
    causes = " ".join(map(str, [status, *ALSO.get(status, ())]))
    return f"    error_page {causes} ={status} /.problem/{status};"


def problem(status, code, title):
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "code": code, "request_id": "$rid"})
    return f"    location = /.problem/{status} {{ internal; default_type application/problem+json; return {status} '{body}'; }}"


if __name__ == "__main__":
    main()
