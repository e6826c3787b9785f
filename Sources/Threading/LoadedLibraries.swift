import Foundation

/// Functions of the libraries that the process has loaded, looked up by name: whether they are there differs between
/// systems.
enum LoadedLibraries {
  /// The function `name`, of the type that its library gives it; `nil` where no library has it.
  static func function<Function>(_ name: String, _ type: Function.Type) -> Function? {
    #if os(Linux)
      let everywhere = UnsafeMutableRawPointer(bitPattern: 0)
    #else
      let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
    #endif
    return dlsym(everywhere, name).map { unsafeBitCast($0, to: type) }
  }
}
