/// A request in the one form of which both sides make the signature.
struct S3CanonicalRequest {
  /// The form.
  let text: [UInt8]
  /// The names of all fields that are signed, in order.
  let signedNames: String

  /// - Parameters:
  ///   - request: The request.
  ///   - added: The fields of the signature itself, the digest of the body first.
  init(_ request: HTTPRequest, _ added: [HTTPField]) {
    var values = ["host": [request.url.authority]]
    for field in request.fields + added where !field.isNamed("authorization") {
      values[field.lowercaseName, default: []].append(Self.trimmed(field.value))
    }
    let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    signedNames = names.joined(separator: ";")
    let fields = names.map { "\($0):\((values[$0] ?? []).joined(separator: ","))\n" }.joined()
    let path = S3Encoding.canonical(request.url.path, keepsSlashes: true)
    text =
      Array("\(request.method.rawValue)\n".utf8) + path + [0x0A]
      + Self.query(request.url.query ?? [])
      + Array("\n\(fields)\n\(signedNames)\n\(added.first?.value ?? "")".utf8)
  }

  /// The parameters in the order of their names, each with a `=`.
  private static func query(_ query: ArraySlice<UInt8>) -> [UInt8] {
    let parameters = query.split(separator: UInt8(ascii: "&")).map { parameter in
      let equals = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
      return (
        name: S3Encoding.canonical(parameter[..<equals], keepsSlashes: false),
        value: S3Encoding.canonical(parameter[equals...].dropFirst(), keepsSlashes: false)
      )
    }
    let sorted = parameters.sorted {
      $0.name == $1.name
        ? $0.value.lexicographicallyPrecedes($1.value)
        : $0.name.lexicographicallyPrecedes($1.name)
    }
    let texts = sorted.map { $0.name + [UInt8(ascii: "=")] + $0.value }
    return Array(texts.joined(separator: [UInt8(ascii: "&")]))
  }

  /// The value with one space for each run of them.
  private static func trimmed(_ value: String) -> String {
    let words = value.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { Array($0) }
    return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
  }
}

extension HTTPURL {
  /// The host with its port, unless that is the scheme's own, as the field `Host` has it.
  fileprivate var authority: String {
    String(decoding: bytes[(isSecure ? 8 : 7)..<pathStart], as: UTF8.self)
  }
}
