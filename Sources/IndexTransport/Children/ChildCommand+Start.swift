internal import CLinux
internal import Glibc

extension ChildCommand {
  /// Starts the program as the leader of a session of its own.
  ///
  /// - Returns: The number of the process.
  func spawn(_ pipes: borrowing ChildPipes) throws(StartFailure) -> Int32 {
    let path = [UInt8](path: try findProgram())
    let folder = try openFolder()
    let argumentList = arguments.map { [UInt8](path: $0) }
    let result = unsafe Self.withPointers(to: argumentList) { arguments in
      unsafe Self.withPointers(to: environment.entries) { variables in
        unsafe path.span.withPath { path in
          unsafe Int(
            clinux_spawn(
              path,
              arguments,
              variables,
              folder.descriptor,
              pipes.input.reading.descriptor,
              pipes.output.writing.descriptor,
              pipes.error.writing.descriptor
            )
          )
        }
      }
    }
    if result < 0 { throw StartFailure(arguments[0], Self.reason(path, result)) }
    return Int32(result)
  }

  private func openFolder() throws(StartFailure) -> Directory {
    do {
      return try Directory.open([UInt8](path: folder).span)
    } catch {
      throw StartFailure(arguments[0], .folder(error.code))
    }
  }

  /// Why the kernel did not execute a file that may be executed.
  private static func reason(_ path: [UInt8], _ result: Int) -> StartFailure.Reason {
    switch Int32(-result) {
    case ENOENT: .noInterpreter
    case ENOEXEC: .notProgram
    case EACCES: .notExecutable
    default: .refused(IOFailure("posix_spawn", path.span, result))
    }
  }

  /// Calls `body` with an array of C strings that ends with a null pointer.
  private static func withPointers(
    to strings: [[UInt8]],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int
  ) -> Int {
    var bytes = strings.flatMap { $0.map { CChar(bitPattern: $0) } }
    var starts = [0]
    for string in strings { starts.append(starts[starts.count - 1] + string.count) }
    return unsafe bytes.withUnsafeMutableBufferPointer { text in
      let base = text.baseAddress
      var pointers = unsafe starts.dropLast().map { start in unsafe base.map { unsafe $0 + start } }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { array in
        guard let first = array.baseAddress else { return 0 }
        return unsafe body(first)
      }
    }
  }
}
