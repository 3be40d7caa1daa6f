/// The release of Larder.
public enum Release {
  /// Its version, which `requires` of a pipeline file is compared with.
  public static let version = "0.3.0"
}
