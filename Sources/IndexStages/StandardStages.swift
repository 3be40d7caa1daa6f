public import IndexPipeline

extension Registry {
  /// The stages that ship with Larder.
  public static var standard: Registry {
    var registry = Registry()
    registry.add(source: "file") { settings in
      FileSource(
        path: settings.requiredPath("path"),
        format: settings.choice("format", default: .detect),
        badLines: settings.choice("on_error", default: OnError.fail).policy
      )
    }
    registry.add(source: "stdin") { settings in
      StdinSource(
        format: settings.choice("format", default: .detect),
        badLines: settings.choice("on_error", default: OnError.fail).policy
      )
    }
    registry.add(sink: "filesystem") { settings in
      FilesystemSink(
        path: settings.requiredPath("path"),
        durable: settings.boolean("durable", default: true)
      )
    }
    return registry
  }
}

/// What a pipeline file says of bad lines.
private enum OnError: String, CaseIterable {
  case fail
  case skip

  var policy: BadLinePolicy { self == .fail ? .fail : .skip }
}
