/// A site of Caddy.
///
/// Source: the documentation of Caddyfile directives, 2.6.
enum CaddyConfiguration {
  static func text(of index: ServedIndex) -> String {
    let site = index.port.map { "http://\(index.host):\($0)" } ?? index.host
    let isAtRoot = index.prefix.utf8.count == 1
    return #"""
      # A Python package index of Larder for Caddy 2.6: a Caddyfile, or a part of one.

      \#(site) {
        root * "\#(index.folder)"
        header X-Content-Type-Options nosniff
        header -Server
        log
      \#(isAtRoot ? "" : "  redir \(index.prefix.dropLast()) \(index.prefix) 301\n")\#
        \#(isAtRoot ? "handle" : "handle_path \(index.prefix)*") {
          route {
            # Hidden files are nobody's.
            @hidden {
              path_regexp /\.
              not path /.well-known/*
            }
            error @hidden 404

            # Names as people write them: Foo_Bar is foo-bar.
            @name {
              path_regexp name ^/(simple|pypi|project)/([0-9A-Za-z._-]*(?:[A-Z._]|--)[0-9A-Za-z._-]*)((?:/[0-9A-Za-z._+!-]*)*)$
              not path_regexp ^/(?:simple|project)/index\.[^/]*$
            }
            route @name {
              templates
              respond `{{.RespHeader.Set "Location" (print "\#(index.prefix)" (placeholder "http.regexp.name.1") "/" (regexReplaceAll "[-._]+" (lower (placeholder "http.regexp.name.2")) "-") (placeholder "http.regexp.name.3"))}}` 301
            }

            @legacy_slash path_regexp legacy ^/(pypi/[0-9A-Za-z._+!/-]+/json)/$
            redir @legacy_slash \#(index.prefix){re.legacy.1} 301

            # Not even a name that is too long is a failure.
            @missing not file {path} {path}/
            error @missing 404

            header Cache-Control "\#(ServedPages.pageAge)"
            @state path_regexp ^/\#(ServedPages.state)
            header @state Cache-Control "\#(ServedPages.stateAge)"
            header /simple/* Vary Accept

            # Distributions: none is a compressed copy of another file.
            @file path_regexp (?i)\#(ServedPages.files)
            route @file {
              header Cache-Control "\#(ServedPages.fileAge)"
              header Content-Type application/octet-stream
              file_server
            }

            # JSON is for those who name it, unless they refuse it or like HTML more.
            @wants_json {
              path_regexp ^/simple/([^/]+/)?$
              file {path}index.v1_json
              expression `{header.Accept}.matches(r"(?i)\#(ServedPages.json)") && !{header.Accept}.matches(r"(?i)\#(ServedPages.noJSON)") && !({header.Accept}.matches(r"(?i)\#(ServedPages.lessJSON)") && {header.Accept}.matches(r"(?i)\#(ServedPages.fullHTML)"))`
            }
            rewrite @wants_json {path}index.v1_json
            @legacy path_regexp ^/pypi/.+/json$
            header @legacy Content-Type application/json
      \#(ServedPages.types(kind))
            file_server {
              precompressed zstd gzip
            }
          }
        }
      \#(isAtRoot ? "" : "  handle {\n    error 404\n  }\n")\#
        handle_errors {
          header Cache-Control "\#(ServedPages.pageAge)"
          header Content-Type "text/html; charset=utf-8"
          rewrite * /404.html
          file_server {
            precompressed zstd gzip
          }
        }
      }

      """#
  }

  private static func kind(_ ending: String, _ type: String) -> String {
    """
          @\(ending) path *.\(ending)
          header @\(ending) Content-Type "\(type)"
    """
  }
}
