/// A server of nginx.
///
/// Source: the documentation of ngx_http_core_module, gzip_static, headers, map and rewrite.
enum NginxConfiguration {
  static func text(of index: ServedIndex) -> String {
    let (prefix, folder) = (index.prefix, index.folder)
    return #"""
      # A Python package index of Larder for nginx: a file of /etc/nginx/conf.d/.

      # Maps hold for all servers of an nginx, and are the same for each index.

      # JSON is for those who name it, unless they refuse it or like HTML more; HTML is for all others.
      map $http_accept $larder_form {
        default html;
        "~*\#(ServedPages.noJSON)" html;
        "~*^(?=.*\#(ServedPages.lessJSON)).*\#(ServedPages.fullHTML)" html;
        "~*\#(ServedPages.json)" v1_json;
      }
      map $uri $larder_vary {
        "~/simple/(?:[^/]+/)?index\.[^/]+$" Accept;
      }
      map $uri $larder_age {
        default "\#(ServedPages.pageAge)";
        "~/\#(ServedPages.state)" "\#(ServedPages.stateAge)";
        "~*\#(ServedPages.files)" "\#(ServedPages.fileAge)";
      }

      server {
        listen \#(index.port ?? 80);
        server_name \#(index.host);
        server_tokens off;

        # A redirect names neither scheme nor port: those of a proxy in front are others.
        absolute_redirect off;
        # A publication exchanges the folder: what was opened in the old one must not be kept.
        open_file_cache off;
        # Copies beside pages are sent as they are, to proxies too; nothing is compressed here.
        gzip off;
        gzip_static on;
        gzip_vary on;
        gzip_proxied any;

        default_type application/octet-stream;
        types {
      \#(ServedPages.types { ending, type in "    \"\(type)\" \(ending);" })
        }
        add_header Cache-Control $larder_age;
        add_header Vary $larder_vary always;
        add_header X-Content-Type-Options nosniff always;

        # A folder without a page is not there: installers stop at 403.
        error_page 403 404 =404 \#(prefix)404.html;
      \#(outside(index))
        location \#(prefix) {
          alias "\#(folder)/";
          index index.html;
        }
        location \#(prefix)simple/ {
          alias "\#(folder)/simple/";
          index index.$larder_form index.html;
        }
        location \#(prefix)pypi/ {
          alias "\#(folder)/pypi/";
          rewrite ^(.*/json)/$ $1 permanent;
          default_type application/json;
        }

        # Hidden files are nobody's.
        location ~ "/\.(?!well-known/)" {
          return 404;
        }
        # Of distributions, six-1.0.tar.gz is no copy of six-1.0.tar.
        location ~* "^\#(index.prefixPattern)(?<larder_file>.+\.tar)$" {
          alias "\#(folder)/$larder_file";
          gzip_static off;
        }
      \#(names(index.prefixPattern))
      }

      """#
  }

  private static func outside(_ index: ServedIndex) -> String {
    guard index.prefix.utf8.count > 1 else { return "" }
    return """

        location / {
          return 404;
        }
        location = \(String(index.prefix.dropLast())) {
          return 301 \(index.prefix);
        }

      """
  }

  /// Redirects from names as people write them.
  ///
  /// nginx makes nothing lower case without a module, so that there is a rule a letter. What is
  /// matched can stand in a header: `$uri` is decoded.
  private static func names(_ prefix: String) -> String {
    let place = #"^(\#(prefix)(?:simple|pypi|project)/"#
    let separators = #"    rewrite "\#(place)[^/]*?[^/._-])(?:[._][-._]*|-[-._]+)([^/].*)$" $1-$2;"#
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { letter in
      let (upper, lower) = (Unicode.Scalar(letter), Unicode.Scalar(letter | 0x20))
      return #"    rewrite "\#(place)[^/\#(upper)]*)\#(upper)(.*)$" $1\#(lower)$2;"#
    }
    return #"""
        # Names as people write them: Foo_Bar is foo-bar. Each rule takes one letter, or one row of
        # separators; what is left goes with the next redirect.
        location ~ "\#(place))(?!index\.[^/]*$)(?=[^/]*(?:[A-Z._]|--))\#(ServedPages.name)$" {
      \#((Array(repeating: separators, count: 4) + letters).joined(separator: "\n"))
          return 301 $uri$is_args$args;
        }
      """#
  }
}
