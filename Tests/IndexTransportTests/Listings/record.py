#!/usr/bin/env python3
"""Records the pages of real servers over one folder of odd names, and what is truly in it.

Run it as root on Debian 12 with what README.md names, from anywhere; it writes beside itself.
Pages of servers that are not installed stay as they are.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST_TIME = 1_578_906_246  # 2020-01-13 09:04:06 UTC; each file is a day and a minute later
BAD_BYTE = b"latin-\xe9-1.0.zip"
FILES = {
    b"corpus_demo-1.0-py3-none-any.whl": 997,
    b"corpus_demo-1.1.tar.gz": 80_757,
    b"larger-1.0.tar.gz": 1_150_001,
    b"sparse-1.0.zip": 1_395_864_371,
    b"empty-1.0.tar.gz": 0,
    b"single-1.0.zip": 1,
    b"spaced name-1.0.zip": 1024,
    b"local-1.0+cu118-py3-none-any.whl": 1023,
    b"epoch-1!2.0.tar.gz": 1025,
    b"tilde~1.0.zip": 10_239,
    b"hash#sha256=1.0.zip": 10_240,
    b"amp&amp;lt;1.0.zip": 99_999,
    b"percent%2F1.0.zip": 102_400,
    b"quest?C=N;O=D.zip": 12,
    b"less<a>1.0.zip": 13,
    b"quote\"1.0'.zip": 14,
    b"back\\slash-1.0.zip": 15,
    b"colon:1.0.zip": 16,
    b"javascript:alert(1)-1.0.zip": 17,
    b"http:example.com-1.0.zip": 18,
    b"semi;colon=1.0,2@3$4.zip": 19,
    b"brackets[1](2){3}.zip": 20,
    BAD_BYTE: 21,
    "caf\u00e9-1.0.zip".encode(): 22,
    "cafe\u0301-1.0.zip".encode(): 23,
    "\u6f22\u5b57-1.0.zip".encode(): 24,
    b"long-" + b"n" * 180 + b"-1.0.zip": 25,
    b".hidden-1.0.zip": 26,
}
FOLDERS = [b"folder.d", b"sub folder", b".hidden-folder"]
LINKS = {b"linked-1.0.zip": b"single-1.0.zip", b"linked-folder": b"folder.d"}


def main():
    os.environ["TZ"] = "UTC"
    with tempfile.TemporaryDirectory(prefix="larder-listings-") as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        truth = make_pool(folder / "site" / "odd")
        make_pool(folder / "tame" / "odd", without=BAD_BYTE)
        (HERE / "truth.tsv").write_text("".join(f"{line}\n" for line in truth))
        for name, (start, path, site) in SERVERS.items():
            state = folder / name
            state.mkdir()
            try:
                page = fetch(start, path, folder / site, state)
            except (FileNotFoundError, urllib.error.URLError, TimeoutError) as error:
                print(f"{name}: not recorded: {error}", file=sys.stderr)
                continue
            (HERE / f"{name}.html").write_bytes(page)
            print(f"{name}: {len(page)} bytes", file=sys.stderr)


def make_pool(pool, without=None):
    """Makes the folder; returns a line for each name: hexadecimal name, kind, size, time."""
    pool.mkdir(parents=True)
    lines = []
    for number, name in enumerate([*FILES, *FOLDERS]):
        path = os.path.join(os.fsencode(pool), name)
        moment = FIRST_TIME + number * (86_400 + 60)
        if name in FOLDERS:
            os.mkdir(path)
            line = f"{name.hex()}\tfolder\t0\t{moment}"
        else:
            with open(path, "wb") as file:
                file.truncate(FILES[name])
            line = f"{name.hex()}\tfile\t{FILES[name]}\t{moment}"
        os.utime(path, (moment, moment))
        lines.append(line)
        if name == without:
            os.remove(path)
            lines.pop()
    for name, target in LINKS.items():
        os.symlink(target, os.path.join(os.fsencode(pool), name))
        kind, size, moment = next(
            line.split("\t")[1:] for line in lines if line.startswith(target.hex() + "\t")
        )
        lines.append(f"{name.hex()}\t{kind}\t{size}\t{moment}")
    return lines


def fetch(start, path, site, state):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command, config = start(site, state, port)
    for name, text in config.items():
        (state / name).parent.mkdir(parents=True, exist_ok=True)
        (state / name).write_text(text)
    program = shutil.which(command[0], path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        raise FileNotFoundError(f"{command[0]} is not installed")
    log = open(state / "log", "wb")
    child = subprocess.Popen([program, *command[1:]], cwd=site, stdout=log, stderr=log)
    try:
        wait_for(port, child, state / "log")
        url = f"http://127.0.0.1:{port}{path}"
        return urllib.request.urlopen(url, timeout=20).read()
    finally:
        child.terminate()
        child.wait(10)


def wait_for(port, child, log):
    for _ in range(400):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        if child.poll() is not None:
            raise FileNotFoundError(f"it ended: {log.read_text()[-300:]}")
        time.sleep(0.1)
    raise TimeoutError(log.read_text()[-300:])


def nginx(options, modules=""):
    def start(site, state, port):
        config = f"""{modules}
            daemon off; pid {state}/pid; error_log stderr; worker_processes 1;
            events {{}}
            http {{ access_log off; client_body_temp_path {state}/b; proxy_temp_path {state}/p;
              fastcgi_temp_path {state}/f; uwsgi_temp_path {state}/u; scgi_temp_path {state}/s;
              server {{ listen 127.0.0.1:{port}; root {site}; {options} }} }}"""
        return ["nginx", "-e", "stderr", "-c", f"{state}/nginx.conf"], {"nginx.conf": config}

    return start


def apache(options):
    def start(site, state, port):
        modules = "/usr/lib/apache2/modules"
        config = f"""ServerRoot {state}
            PidFile {state}/pid
            Listen 127.0.0.1:{port}
            ServerName localhost
            ErrorLog {state}/error.log
            LoadModule mpm_event_module {modules}/mod_mpm_event.so
            LoadModule authz_core_module {modules}/mod_authz_core.so
            LoadModule autoindex_module {modules}/mod_autoindex.so
            LoadModule dir_module {modules}/mod_dir.so
            LoadModule mime_module {modules}/mod_mime.so
            LoadModule alias_module {modules}/mod_alias.so
            TypesConfig /etc/mime.types
            ServerSignature On
            Alias /icons/ /usr/share/apache2/icons/
            DocumentRoot {site}
            <Directory {site}>
              Options +Indexes +FollowSymLinks
              Require all granted
              {options}
            </Directory>"""
        command = ["apache2", "-D", "FOREGROUND", "-f", f"{state}/apache.conf"]
        return command, {"apache.conf": config, "types": ""}

    return start


def lighttpd(site, state, port):
    config = f"""server.document-root = "{site}"
        server.port = {port}
        server.bind = "127.0.0.1"
        dir-listing.activate = "enable"
        server.modules = ("mod_dirlisting")"""
    return ["lighttpd", "-D", "-f", f"{state}/l.conf"], {"l.conf": config}


def caddy(site, state, port):
    listen = f"127.0.0.1:{port}"
    return ["caddy", "file-server", "--browse", "--root", str(site), "--listen", listen], {}


def python(site, state, port):
    return ["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1"], {}


def webfs(site, state, port):
    return ["webfsd", "-F", "-p", str(port), "-r", str(site), "-i", "127.0.0.1"], {}


def mini_httpd(site, state, port):
    return ["mini_httpd", "-D", "-p", str(port), "-d", str(site), "-u", "root"], {}


def h2o(site, state, port):
    config = f"""
listen: {{host: 127.0.0.1, port: {port}}}
pid-file: {state}/pid
user: root
hosts:
  default:
    paths:
      /:
        file.dir: {site}
        file.dirlisting: ON
"""
    return ["h2o", "-c", f"{state}/h2o.conf"], {"h2o.conf": config}


def rclone(site, state, port):
    return ["rclone", "serve", "http", "-L", str(site), "--addr", f"127.0.0.1:{port}"], {}


def twisted(site, state, port):
    place = f"tcp:{port}:interface=127.0.0.1"
    return ["twistd", "-n", "--pidfile=", "web", "--listen", place, "--path", str(site)], {}


def webrick(site, state, port):
    script = (
        f"WEBrick::HTTPServer.new(Port: {port}, BindAddress: '127.0.0.1',"
        f" DocumentRoot: '{site}', FancyIndexing: true).start"
    )
    return ["ruby", "-rwebrick", "-e", script], {}


def jetty(site, state, port):
    context = f"""<?xml version="1.0"?>
        <Configure class="org.eclipse.jetty.server.handler.ContextHandler">
          <Set name="contextPath">/</Set>
          <Set name="resourceBase">{site}</Set>
          <Set name="handler"><New class="org.eclipse.jetty.server.handler.ResourceHandler">
            <Set name="directoriesListed">true</Set>
          </New></Set>
        </Configure>"""
    home = "/usr/share/jetty9"
    command = ["java", "-jar", f"{home}/start.jar", f"jetty.home={home}", f"jetty.base={state}"]
    command += ["--module=http,deploy", f"jetty.http.port={port}", "jetty.http.host=127.0.0.1"]
    return command, {"webapps/odd.xml": context}


def wsgidav(site, state, port):
    return [
        "wsgidav", "--host=127.0.0.1", f"--port={port}", f"--root={site}", "--auth=anonymous",
    ], {}  # fmt: skip


FANCY = "load_module /usr/lib/nginx/modules/ngx_http_fancyindex_module.so;"
SERVERS = {
    "nginx": (nginx("autoindex on;"), "/odd/", "site"),
    "nginx-rounded": (nginx("autoindex on; autoindex_exact_size off;"), "/odd/", "site"),
    "nginx-fancyindex": (nginx("fancyindex on; fancyindex_exact_size off;", FANCY), "/odd/", "site"),
    "apache-plain": (apache(""), "/odd/", "site"),
    "apache-fancy": (apache("IndexOptions FancyIndexing"), "/odd/", "site"),
    "apache-icons": (
        apache("IndexOptions FancyIndexing IconsAreLinks NameWidth=*\nAddIcon /icons/x.gif .zip"),
        "/odd/", "site",
    ),
    "apache-table": (apache("IndexOptions FancyIndexing HTMLTable"), "/odd/", "site"),
    "apache-xhtml": (apache("IndexOptions FancyIndexing XHTML UseOldDateFormat"), "/odd/", "site"),
    "lighttpd": (lighttpd, "/odd/", "site"),
    "caddy": (caddy, "/odd/", "site"),
    "python": (python, "/odd/", "site"),
    "webfs": (webfs, "/odd/", "site"),
    "mini_httpd": (mini_httpd, "/odd/", "site"),
    "h2o": (h2o, "/odd/", "site"),
    "rclone": (rclone, "/odd/", "site"),
    "twisted": (twisted, "/odd/", "tame"),
    "webrick": (webrick, "/odd/", "tame"),
    "jetty": (jetty, "/odd/", "site"),
    "wsgidav": (wsgidav, "/odd/", "tame"),
}  # fmt: skip

if __name__ == "__main__":
    main()
