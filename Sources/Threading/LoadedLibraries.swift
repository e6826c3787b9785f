import Foundation

/// Functions of libraries loaded by the process, looked up by name because their presence differs between systems.
enum LoadedLibraries {
  /// The function `name` of the type declared in its library; `nil` if no library has it.
  static func function<Function>(_ name: String, _ type: Function.Type) -> Function? {
    #if os(Linux)
      let everywhere = UnsafeMutableRawPointer(bitPattern: 0)
    #else
      let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
    #endif
    return dlsym(everywhere, name).map { unsafeBitCast($0, to: type) }
  }
}
