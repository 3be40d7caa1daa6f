internal import Glibc

/// The certificates that the system trusts.
enum SystemCertificates {
  /// The file of them (PEM); `nil` if it is at none of the usual places, and libcurl decides.
  ///
  /// A libcurl that comes along with Larder was built for Debian, and knows no other place.
  static let file = paths.first { unsafe access($0, R_OK) == 0 }

  private static let paths = [
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  // openSUSE
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora from 43 on
  ]
}
