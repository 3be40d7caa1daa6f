import IndexModel
import StrictJSON

/// The object of one file in the legacy JSON API.
extension Renderer {
  mutating func appendFile(
    _ distribution: Distribution,
    _ project: borrowing Span<UInt8>,
    from folder: PageFolder,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let facts = catalog.facts(of: distribution)
    let filename = text[distribution.filename]
    batch.content.append("{\"filename\": \"")
    batch.content.append(filename)
    batch.content.append("\", \"url\": \"")
    links.append(distribution, facts, project: project, from: folder, text, to: &batch.content)
    batch.content.append("\", \"packagetype\": \"")
    batch.content.append(distribution.name.kind.packageType)
    batch.content.append("\", \"python_version\": \"")
    appendPythonVersion(distribution.name, filename)
    if distribution.hasFacts {
      appendFacts(facts, allowsMetadata: links.allowsMetadata(facts, text), text)
    } else {
      batch.content.append(
        """
        ", "requires_python": null, "yanked": false, "yanked_reason": null, "upload_time": null, \
        "upload_time_iso_8601": null, "digests": {}, "md5_digest": null, "size": null, \
        "core-metadata": false
        """
      )
    }
    batch.content.append(", \"comment_text\": null, \"downloads\": -1, \"has_sig\": ")
    batch.content.append(facts.hasSignature == true ? "true}" : "false}")
  }

  private mutating func appendFacts(
    _ facts: Facts,
    allowsMetadata: Bool,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("\", \"requires_python\": ")
    appendTextOrNull(text[facts.requiresPython])
    batch.content.append(facts.isYanked ? ", \"yanked\": true" : ", \"yanked\": false")
    batch.content.append(", \"yanked_reason\": ")
    appendTextOrNull(text[facts.yankedReason])
    appendUploadTime(facts.uploadTime)
    batch.content.append(", \"digests\": ")
    RecordEncoder.appendDigests(text[facts.hashes], to: &batch.content)
    batch.content.append(", \"md5_digest\": ")
    appendMD5(text[facts.hashes])
    batch.content.append(", \"size\": ")
    if let size = facts.exactSize {
      batch.content.append(decimal: Int(size))
    } else {
      batch.content.append("null")
    }
    batch.content.append(", \"core-metadata\": ")
    switch facts.coreMetadata {
    case .digest(let digest) where allowsMetadata:
      RecordEncoder.appendDigests(text[digest], to: &batch.content)
    case .present where allowsMetadata: batch.content.append("true")
    default: batch.content.append("false")
    }
  }

  private mutating func appendUploadTime(_ time: Timestamp?) {
    guard let time else {
      batch.content.append(", \"upload_time\": null, \"upload_time_iso_8601\": null")
      return
    }
    batch.content.append(", \"upload_time\": \"")
    batch.content.append(date: time)
    batch.content.append("T")
    batch.content.append(timeOfDay: time)
    batch.content.append("\", \"upload_time_iso_8601\": \"")
    batch.content.append(rfc3339: time)
    batch.content.append("\"")
  }

  private mutating func appendMD5(_ hashes: borrowing Span<UInt8>) {
    var isWritten = false
    DigestList.forEach(in: hashes) { name, value in
      guard name.elementsEqual("md5") else { return }
      batch.content.append(json: value)
      isWritten = true
    }
    if !isWritten { batch.content.append("null") }
  }

  mutating func appendTextOrNull(_ value: borrowing Span<UInt8>) {
    if value.isEmpty {
      batch.content.append("null")
    } else {
      batch.content.append(json: value)
    }
  }

  /// Appends what PyPI calls the Python version of a file: the Python tags of a wheel, `source` of
  /// a source archive, the `3.8` of `-py3.8` in other names, else `any`.
  private mutating func appendPythonVersion(
    _ name: DistributionFilename,
    _ filename: borrowing Span<UInt8>
  ) {
    if name.kind == .sdist {
      batch.content.append("source")
    } else if let version = name.pythonVersion(in: filename) {
      batch.content.append(filename.extracting(version))
    } else {
      batch.content.append("any")
    }
  }
}
