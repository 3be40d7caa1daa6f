import IndexPipeline
import IndexRendering
import IndexTransport

/// An HTTP server that takes pages by PUT.
struct WebStore: RemoteStore {
  let title: String
  let context: StageContext
  let concurrency: Int
  let base: HTTPURL
  private let client: HTTPClient
  private let login: HTTPLogin?
  let headers: RemoteHeaders
  private let fields: RemoteHeaders.OfPages
  /// Makes the folders that a server wants before it takes a page; nil if none are made.
  private let folders: WebFolders?

  init(
    _ access: WebAccess,
    at base: HTTPURL,
    _ headers: RemoteHeaders,
    makesFolders: Bool,
    title: String,
    _ context: StageContext
  ) throws(StageFailure) {
    self.title = title
    self.context = context
    self.base = base
    self.headers = headers
    fields = headers.ofPages
    login = access.login
    concurrency = access.options.connections
    folders = makesFolders ? WebFolders() : nil
    do throws(HTTPFailure) {
      client = try HTTPClient(access.options)
    } catch {
      throw StageFailure(error, title, base)
    }
  }

  func name(of key: [UInt8]) -> String {
    "\(base)\(String(decoding: key, as: UTF8.self))"
  }

  func read(_ key: [UInt8], knowing known: RemoteObject?) async throws -> RemoteObject? {
    var request = HTTPRequest(try url(of: key))
    request.maximumBytes = 1 << 31
    request.validators = known?.validators
    let sent = request
    return try await context.retrying {
      let response = try await send(sent, unless: [404, 410])
      switch response.status {
      case 304: return known
      case 404, 410: return nil
      default: return RemoteObject(content: response.body, validators: response.validators)
      }
    }
  }

  func put(_ page: RemotePage, at key: [UInt8], if condition: RemoteCondition) async throws -> Bool
  {
    var request = try request(for: page, at: key)
    if let field = condition.field { request.fields.append(field) }
    return try await put(request, at: key)
  }

  /// Sends a page or a file, and makes its folders where the server wants that.
  ///
  /// - Returns: Whether it was taken; false where a condition forbade it.
  func put(_ request: HTTPRequest, at key: [UInt8]) async throws -> Bool {
    try await folders?.make(for: key, self)
    guard let folders else { return try await send(request, unless: [412]).status != 412 }
    var response = try await send(request, unless: Self.missingFolder.union([412]))
    if Self.missingFolder.contains(response.status) {
      try await folders.makeFirst(for: key, self)
      response = try await send(request, unless: [412])
    }
    if response.status == 412 { return false }
    await folders.note([key])
    return true
  }

  func put(together items: [RemoteItem]) async throws -> [RemoteAttempt] {
    if let folders, await folders.isNeeded {
      try await forEach(upTo: items.count) { number in
        try await context.retrying { try await folders.make(for: items[number].key, self) }
      }
    }
    let requests = try items.map { try request(for: $0.page, at: $0.key) }
    let answers = await client.sendAll(requests)
    try Task.checkCancellation()
    var attempts: [RemoteAttempt] = []
    var isFolderMissing = false
    for (request, answer) in zip(requests, answers) {
      switch answer {
      case nil: attempts.append(.unsent)
      case .success?: attempts.append(.taken)
      case .failure(let failure)?:
        if folders != nil, let status = failure.status, Self.missingFolder.contains(status) {
          isFolderMissing = true
          attempts.append(.deferred)
        } else {
          attempts.append(.failed(StageFailure(failure, title, request.url)))
        }
      }
    }
    if isFolderMissing {
      let taken = zip(items, attempts).filter { $0.1.isTaken }
      await folders?.expect(besides: taken.map(\.0.key))
    }
    return attempts
  }

  private func request(for page: RemotePage, at key: [UInt8]) throws(StageFailure) -> HTTPRequest {
    var request = HTTPRequest(try url(of: key), method: .put)
    request.body = page.content
    request.fields = fields.of(page)
    request.login = login
    return request
  }

  /// What servers say of a page whose folder is not there; nginx says 500.
  private static let missingFolder: Set<Int> = [404, 409, 500]

  func remove(_ keys: [[UInt8]]) async throws -> [RemoteLeftover] {
    let leftovers = Leftovers()
    try await forEach(upTo: keys.count) { number in
      do {
        let request = HTTPRequest(try url(of: keys[number]), method: .delete)
        _ = try await context.retrying { try await send(request, unless: [404, 410]) }
      } catch let failure as StageFailure {
        leftovers.add(RemoteLeftover(key: keys[number], reason: failure.message))
      }
    }
    return leftovers.all
  }

  /// Makes a folder; one that is there is as good.
  func makeFolder(_ key: [UInt8]) async throws {
    let request = HTTPRequest(try url(of: key), method: .mkcol)
    _ = try await send(request, unless: [301, 405, 409])
  }

  /// Sends a request, once.
  ///
  /// - Parameter statuses: Statuses that are answers too.
  func send(
    _ request: HTTPRequest,
    unless statuses: Set<Int> = []
  ) async throws -> HTTPResponse {
    var request = request
    request.login = login
    if request.method != .put { request.fields += headers.fields }
    do throws(HTTPFailure) {
      return try await client.send(request)
    } catch {
      if case .cancelled = error.kind { throw CancellationError() }
      if let response = error.response, statuses.contains(response.status) { return response }
      throw StageFailure(error, title, request.url)
    }
  }

  func url(of key: [UInt8]) throws(StageFailure) -> HTTPURL {
    if let url = base.url(ofKey: key.span) { return url }
    throw StageFailure(
      .data,
      code: "unsafe-path",
      "\(title): \(name(of: key)) is no path of a page"
    )
  }
}
