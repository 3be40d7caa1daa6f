import FuzzTargets

/// The parser that `--parser=` names; libFuzzer leaves flags of two hyphens alone.
private let parser: FuzzParser = {
  let flag = "--parser="
  let name = CommandLine.arguments.first { $0.hasPrefix(flag) }?.dropFirst(flag.count) ?? ""
  guard let parser = FuzzParser(rawValue: String(name)) else {
    fatalError("give \(flag) one of \(FuzzParser.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return parser
}()

/// Reads one input, as libFuzzer asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  parser.check(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
