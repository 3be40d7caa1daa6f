/// The formats of distributions.
///
/// Source: PEP 427 and PEP 625 for the two that installers take; setuptools and distutils for the
/// others, which the legacy JSON API still names.
public enum DistributionKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// A wheel.
  case wheel
  /// A source archive: `.tar.gz`, `.zip` and the older archive formats.
  case sdist
  /// A setuptools egg.
  case egg
  /// A Windows installer made by distutils, `.exe`.
  case wininst
  /// A Windows installer package, `.msi`.
  case msi
  /// An RPM package.
  case rpm
  /// A macOS disk image.
  case dmg
  /// An archive of an installed tree, told from a source archive by its platform.
  case dumb

  /// The `packagetype` of the legacy JSON API.
  public var packageType: StaticString {
    switch self {
    case .wheel: "bdist_wheel"
    case .sdist: "sdist"
    case .egg: "bdist_egg"
    case .wininst: "bdist_wininst"
    case .msi: "bdist_msi"
    case .rpm: "bdist_rpm"
    case .dmg: "bdist_dmg"
    case .dumb: "bdist_dumb"
    }
  }
}
