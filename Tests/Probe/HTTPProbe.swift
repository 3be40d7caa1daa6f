import IndexTransport
import StrictJSON

/// Sends requests for the end-to-end tests of the transport.
///
/// Each line of input is an array of requests, which are sent together by one client; each line of
/// output is the array of what came of them.
enum HTTPProbe {
  /// Answers until the input ends.
  ///
  /// - Parameter options: The options of the client, a JSON object.
  static func run(options: String) async {
    do {
      let document = try JSONDocument(parsing: Array(options.utf8))
      let client = try HTTPClient(HTTPOptions(probe: document.root))
      while let line = readLine() {
        let requests = try JSONDocument(parsing: Array(line.utf8)).root.elements ?? []
        let answers = await answer(requests, client)
        print("[\(answers.joined(separator: ", "))]")
        flush()
      }
    } catch {
      print("[{\"failure\": \"start\", \"message\": \(quoted("\(error)"))}]")
    }
  }

  private static func answer(_ requests: [JSONValue], _ client: HTTPClient) async -> [String] {
    await withTaskGroup(of: (Int, String).self) { group in
      for (place, request) in requests.enumerated() {
        group.addTask { (place, await answer(request, client)) }
      }
      var answers = [String](repeating: "", count: requests.count)
      for await (place, answer) in group { answers[place] = answer }
      return answers
    }
  }

  private static func answer(_ json: JSONValue, _ client: HTTPClient) async -> String {
    let request: HTTPRequest
    do throws(HTTPURLProblem) {
      request = try HTTPRequest(probe: json)
    } catch {
      return "{\"failure\": \"url\", \"message\": \(quoted("\(error)"))}"
    }
    if let count = json["repeat"]?.integer { return await time(request, count, client) }
    let task = Task { () throws(HTTPFailure) -> HTTPResponse in try await client.send(request) }
    if let wait = json["cancel_after_ms"]?.integer {
      Task {
        try await Task.sleep(for: .milliseconds(wait))
        task.cancel()
      }
    }
    switch await task.result {
    case .success(let response): return text(of: response)
    case .failure(let failure as HTTPFailure): return text(of: failure)
    case .failure(let error): return "{\"failure\": \"bug\", \"message\": \(quoted("\(error)"))}"
    }
  }

  /// Sends a request many times by 64 tasks, and says how long it took.
  private static func time(
    _ request: HTTPRequest,
    _ count: Int,
    _ client: HTTPClient
  ) async -> String {
    let start = ContinuousClock.now
    let good = await withTaskGroup(of: Int.self) { group in
      for task in 0..<64 {
        group.addTask {
          var good = 0
          for _ in stride(from: task, to: count, by: 64) {
            if (try? await client.send(request)) != nil { good += 1 }
          }
          return good
        }
      }
      return await group.reduce(0, +)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return "{\"good\": \(good), \"seconds\": \(seconds)}"
  }

  private static func text(of response: HTTPResponse) -> String {
    var members = [
      "\"status\": \(response.status)", "\"framing\": \"\(response.framing)\"",
      "\"url\": \(quoted(response.url.text))", "\"size\": \(response.body.count)",
      "\"redirects\": [\(response.redirects.map { quoted($0.text) }.joined(separator: ", "))]",
      "\"type\": \(quoted(response.field("content-type") ?? ""))",
    ]
    if response.body.count <= 65536 {
      members.append("\"body\": \(quoted(String(decoding: response.body, as: UTF8.self)))")
    }
    if let tag = response.validators?.entityTag { members.append("\"etag\": \(quoted(tag))") }
    if let range = response.contentRange {
      members.append("\"range\": \(quoted("\(range.range)"))")
    }
    return "{\(members.joined(separator: ", "))}"
  }

  private static func text(of failure: HTTPFailure) -> String {
    var wait = "null"
    var kind = "\(failure.kind)"
    switch failure.kind {
    case .transient(let retryAfter):
      kind = "transient"
      if let retryAfter { wait = "\(retryAfter.components.seconds)" }
    case .refused: kind = "refused"
    default: break
    }
    return "{\"failure\": \"\(kind)\", \"retry_after\": \(wait), "
      + "\"status\": \(failure.status.map(String.init) ?? "null"), "
      + "\"redirects\": \(failure.redirects.count), \"description\": \(quoted("\(failure)")), "
      + "\"dump\": \(quoted(String(reflecting: failure)))}"
  }

  private static func quoted(_ text: String) -> String {
    var buffer = ByteBuffer()
    buffer.append(json: text)
    var bytes: [UInt8] = []
    for index in 0..<buffer.count { bytes.append(buffer.span[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
