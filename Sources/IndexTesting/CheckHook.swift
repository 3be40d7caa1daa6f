public import IndexPipeline

/// Checks what a hook says of its fields, without running it.
///
/// - Throws: `KitFailure` with all that was found.
public func checkOptions<Subject: Hook>(ofHook type: Subject.Type) throws {
  try OptionsSuite.check(try SettingsBench(hook: type)).finish()
}
