import IndexTransport
import Testing

/// A real server over a folder, which ends with its value.
struct ScratchServer {
  let url: String
  private let process: ChildProcess

  init(_ folder: String) async throws {
    let command = [
      "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder,
    ]
    process = try ChildProcess(ChildCommand(command, in: folder))
    let block = try #require(try await process.read())
    let words = String(decoding: block.bytes, as: UTF8.self).split(separator: " ")
    let port = try #require(words.firstIndex(of: "port").map { words[$0 + 1] })
    url = "http://127.0.0.1:\(port)/"
  }
}
