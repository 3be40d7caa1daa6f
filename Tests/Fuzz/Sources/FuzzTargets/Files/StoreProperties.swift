import Glibc
import IndexModel
@testable import IndexPipeline
@testable import IndexStages
@testable import IndexTransport
import StrictJSON

/// A file of pages that cannot be trusted is refused; another one keeps what it has.
enum PageStoreProperties {
  static func check(_ bytes: [UInt8]) {
    let path = ScratchFile.path("pages")
    ScratchFile.write(bytes.ofThisVersion, to: path)
    let store: PageStore
    do {
      store = try PageStore(path: path)
    } catch {
      require(error is JSONError || error is PageStore.Damage || error is IOFailure, "\(error)")
      return
    }
    do {
      let copy = ScratchFile.path("copy")
      var writer = try PageStoreWriter(path: copy)
      try writer.addRest(of: store)
      try writer.finish()
      let again = try PageStore(path: copy)
      require(again.count == store.count, "there are other pages in a copy")
      for url in store.urls {
        guard let page = store[url], let copied = again[url] else { fatalError("a page is lost") }
        require(try store.body(at: url) == again.body(at: url), "a page is another one")
        let isSame = page.validators == copied.validators && page.serial == copied.serial
        require(isSame && page.status?.marker == copied.status?.marker, "facts of a page are lost")
      }
    } catch {
      fatalError("a store cannot be copied: \(error)")
    }
  }
}

extension [UInt8] {
  /// The bytes with the version of Larder where its place is: what another one kept is not read.
  fileprivate var ofThisVersion: [UInt8] {
    let place = Array("{\"larder\":\"?\"}".utf8)
    guard count >= place.count,
      let start = (0...count - place.count).first(where: { self[$0...].starts(with: place) })
    else { return self }
    let version = Array("{\"larder\":\"\(Release.version)\"}".utf8)
    return Array(self[..<start]) + version + Array(self[(start + place.count)...])
  }
}

/// The lines of a cache; what makes sure that no damage goes unseen is put around them.
enum FactsCacheProperties {
  static func check(_ lines: [UInt8]) {
    // A cache holds what Larder wrote, which is text.
    guard lines.isUTF8 else { return }
    let cache = ScratchFile.cache
    var text = Array("larder \(Release.version) directory 2\n".utf8) + lines
    if text.last != 0x0A { text.append(0x0A) }
    guard let digest = try? Digest.of(text.span).hexadecimal else {
      fatalError("libcrypto is missing")
    }
    text += "\(digest)\n".utf8
    cache.keep(text.span, in: "files.tsv")
    let first = FactsCache(in: cache)
    guard !first.facts.isEmpty else { return }
    cache.keep([0x0A].span, in: "files.tsv")
    let end = FileTime(seconds: .max, nanoseconds: 0)
    let kept = first.facts.filter { $0.key.changed < end }
    FactsCache(in: cache).keep(first.facts, from: end)
    require(kept.isEmpty || FactsCache(in: cache).facts == kept, "facts change in a cache")
  }
}

/// Files of this process in memory.
enum ScratchFile {
  private static let folder: String = {
    let folder = "/dev/shm/larder-fuzz-\(getpid())"
    _ = unsafe mkdir(folder, 0o700)
    unsafe setenv("LARDER_CACHE_DIR", folder, 1)
    return folder
  }()

  static var cache: StageCache {
    _ = folder
    return StageCache(ofPipelineIn: "/", StageContext(.source, id: "fuzz"))
  }

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func write(_ bytes: [UInt8], to path: String) {
    do throws(IOFailure) {
      try Directory.replaceFile(path, with: bytes.span)
    } catch {
      fatalError("\(error)")
    }
  }
}
