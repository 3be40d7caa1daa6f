/// Where a bucket is, and the URLs of what is in it.
public struct S3Address: Sendable, Hashable {
  /// The URL without a slash at its end: `https://acme.s3.eu-west-1.amazonaws.com`.
  private let root: [UInt8]
  private let isSecure: Bool
  private let isPathStyle: Bool

  /// Finds a bucket.
  ///
  /// - Parameters:
  ///   - bucket: Its name.
  ///   - region: Where it is; without an endpoint it is part of the host.
  ///   - endpoint: The service, of which scheme, host and port count; `nil` means Amazon's.
  ///   - isPathStyle: Whether the bucket is the first part of paths, and not of the host; `nil` means
  ///     so with an endpoint. Names that no host can have are always part of paths.
  /// - Returns: `nil` if the name of the bucket or of the region can be in no URL.
  public init?(bucket: String, region: String, endpoint: HTTPURL?, isPathStyle: Bool? = nil) {
    guard Self.isBucket(bucket), Self.isRegion(region) else { return nil }
    let isHost = bucket.utf8.allSatisfy { $0 != UInt8(ascii: ".") && Self.isHostByte($0) }
    let isPathStyle = isPathStyle ?? (endpoint != nil) || !isHost
    let domain = region.utf8.starts(with: "cn-".utf8) ? "amazonaws.com.cn" : "amazonaws.com"
    let service = endpoint?.origin.bytes ?? Array("https://s3.\(region).\(domain)".utf8)
    isSecure = endpoint?.isSecure ?? true
    self.isPathStyle = isPathStyle
    if isPathStyle {
      root = service + [UInt8(ascii: "/")] + Array(bucket.utf8)
    } else {
      let start = isSecure ? 8 : 7
      root = service[..<start] + Array("\(bucket).".utf8) + service[start...]
    }
  }

  /// Whether a bucket may be called so, be it by an old rule.
  public static func isBucket(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      isHostByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
    return isPlain && (3...255).contains(name.utf8.count) && !name.utf8.starts(with: ".".utf8)
  }

  /// Whether a region may be called so.
  public static func isRegion(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count) && name.utf8.allSatisfy(isHostByte)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The URL of an object.
  ///
  /// - Returns: `nil` if a part of the key is empty at its start, `.` or `..`: clients would ask for
  ///   another one.
  public func url(ofKey key: borrowing Span<UInt8>) -> HTTPURL? {
    guard !key.isEmpty, !Self.hasDotSegments(key) else { return nil }
    var bytes = root + [UInt8(ascii: "/")]
    S3Encoding.append(key, keepsSlashes: true, to: &bytes)
    return HTTPURL(normal: bytes, isSecure: isSecure)
  }

  /// The URL that keys are relative to which begin with a prefix.
  public func url(ofPrefix prefix: borrowing Span<UInt8>) -> HTTPURL {
    var bytes = root + [UInt8(ascii: "/")]
    S3Encoding.append(prefix, keepsSlashes: true, to: &bytes)
    return HTTPURL(normal: bytes, isSecure: isSecure)
  }

  /// The URL of the bucket with a query.
  ///
  /// - Parameter query: Names and values, not encoded.
  public func url(query: [(name: String, value: [UInt8])]) -> HTTPURL {
    var bytes = isPathStyle ? root : root + [UInt8(ascii: "/")]
    let sorted = query.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (index, parameter) in sorted.enumerated() {
      bytes.append(UInt8(ascii: index == 0 ? "?" : "&"))
      S3Encoding.append(parameter.name.utf8Span.span, to: &bytes)
      bytes.append(UInt8(ascii: "="))
      S3Encoding.append(parameter.value.span, to: &bytes)
    }
    return HTTPURL(normal: bytes, isSecure: isSecure)
  }

  /// Whether a part of a key between slashes is `.` or `..`.
  public static func hasDotSegments(_ key: borrowing Span<UInt8>) -> Bool {
    var (length, dots) = (0, 0)
    for index in key.indices {
      if key[index] == UInt8(ascii: "/") {
        if length == dots, dots == 1 || dots == 2 { return true }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if key[index] == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return length == dots && (dots == 1 || dots == 2)
  }
}
