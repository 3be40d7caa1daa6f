/// A virtual host of Apache.
///
/// Source: the documentation of mod_rewrite, mod_headers, mod_mime and core, 2.4.
enum ApacheConfiguration {
  static func text(of index: ServedIndex) -> String {
    let (prefix, pattern) = (index.prefix, index.prefixPattern)
    return #"""
      # A Python package index of Larder for Apache 2.4.58 and later: a file of /etc/apache2/sites-available/.
      # It needs: a2enmod alias headers mime rewrite

      <VirtualHost *:\#(index.port ?? 80)>
        ServerName \#(index.host)
        DocumentRoot "\#(index.folder)"
      \#(prefix.utf8.count > 1 ? "  Alias \"\(prefix)\" \"\(index.folder)/\"\n" : "")\#
        <Directory "\#(index.folder)">
          Options FollowSymLinks
          AllowOverride None
          Require all granted
        </Directory>

        RewriteEngine On
        RewriteMap larder_lower int:tolower
        # Nothing is compressed here, also where mod_deflate is on.
        RewriteRule ^ - [E=no-gzip:1]
        # Hidden files are nobody's, and no name has a question mark.
        RewriteRule "/\.(?!well-known/)|[?]" - [R=404,L]
      \#(prefix.utf8.count > 1 ? outside(prefix, pattern) : "")\#

        # Names as people write them: Foo_Bar is foo-bar.
        RewriteRule "^\#(pattern)(?:simple|pypi|project)/index\.[^/]*$" - [S=3]
        RewriteRule "^(\#(pattern)(?:simple|pypi|project)/)(?=[^/]*(?:[._]|--))(?=\#(ServedPages.name)$)([^/]*?[^/._-])(?:[._][-._]*|-[-._]+)([^/].*)$" "$1$2-$3" [E=larder_moved:1,N=99]
        RewriteRule "^(\#(pattern)(?:simple|pypi|project)/)(?=\#(ServedPages.name)$)([^/]*[A-Z][^/]*)(.*)$" "$1${larder_lower:$2}$3" [E=larder_moved:1]
        RewriteCond "%{ENV:larder_moved}" 1
        RewriteRule "^(.*)$" - [E=larder_path:$1,PT]

        # A folder has a slash at its end, and is the page in it: in JSON for those who name that,
        # unless they refuse it or like HTML more.
        RewriteCond "%{DOCUMENT_ROOT}/$1" -d
        RewriteRule "^\#(pattern)(.*[^/])$" - [E=larder_path:\#(prefix)$1/,PT]
        RewriteRule "^(\#(pattern)pypi/.+/json)/$" - [E=larder_path:$1,PT]
        RewriteCond "%{HTTP:Accept}" "\#(ServedPages.json)" [NC]
        RewriteCond "%{HTTP:Accept}" "!\#(ServedPages.noJSON)" [NC]
        RewriteCond "%{HTTP:Accept}" "!^(?=.*\#(ServedPages.lessJSON)).*\#(ServedPages.fullHTML)" [NC]
        RewriteRule "^(\#(pattern)simple/(?:[^/]+/)?)$" "$1index.v1_json"
        RewriteRule "^(.*/)$" "$1index.html"

        # A copy is sent to those who take its coding; a copy of six-1.0.tar is not six-1.0.tar.gz.
      \#(copy("zstd", "zst", index))
      \#(copy("gzip", "gz", index))
        RewriteCond "%{DOCUMENT_ROOT}/$1" !-f
        RewriteRule "^\#(pattern)(.*)$" - [R=404,L]
        RewriteRule ^ - [PT]
        ErrorDocument 404 "\#(prefix)404.html"

      \#(ServedPages.types(kind))
        <FilesMatch "\.(?:gz|zst)$">
          AddEncoding gzip .gz
          AddEncoding zstd .zst
        </FilesMatch>

        # A redirect names neither scheme nor port, as mod_rewrite would: those of a proxy in front are
        # others.
        RedirectRelative On
        <If "-n reqenv('larder_path')">
          Redirect 301 "%{reqenv:larder_path}"
        </If>

        Header always set X-Content-Type-Options nosniff
        Header set Cache-Control "\#(ServedPages.pageAge)"
        Header merge Vary Accept-Encoding
        <LocationMatch "^\#(pattern)simple/">
          Header merge Vary Accept
        </LocationMatch>
        <LocationMatch "^\#(pattern)\#(ServedPages.state)">
          Header set Cache-Control "\#(ServedPages.stateAge)"
        </LocationMatch>
        <FilesMatch "(?i)\#(ServedPages.files)">
          ForceType application/octet-stream
          RemoveEncoding .gz .tgz .bz2 .xz .zst .Z
          Header set Cache-Control "\#(ServedPages.fileAge)"
          Header unset Vary
        </FilesMatch>
      </VirtualHost>

      """#
  }

  /// Nothing is there beside the prefix, though the folder is that of the host.
  private static func outside(_ prefix: String, _ pattern: String) -> String {
    #"""
      RewriteRule "^\#(pattern.dropLast())$" - [E=larder_path:\#(prefix),PT]
      RewriteRule "!^\#(pattern)" - [R=404,L]

    """#
  }

  /// The type of pages and of their copies, whose own ending means a type to Apache.
  private static func kind(_ ending: String, _ type: String) -> String {
    #"""
      <FilesMatch "(?:^|\.)\#(ending)(?:\.gz|\.zst)?$">
        ForceType "\#(type)"
      </FilesMatch>
    """#
  }

  private static func copy(_ coding: String, _ ending: String, _ index: ServedIndex) -> String {
    let taken = #"(?:^|[\s,])\#(coding)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))"#
    return #"""
        RewriteCond "%{HTTP:Accept-Encoding}" "\#(taken)" [NC]
        RewriteCond "$1" "!\.tar$" [NC]
        RewriteCond "%{DOCUMENT_ROOT}/$1.\#(ending)" -f
        RewriteRule "^\#(index.prefixPattern)(.+)$" "\#(index.prefix)$1.\#(ending)"
      """#
  }
}
