// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 language mode, and no warning survives.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
  name: "espalier",
  platforms: [.macOS(.v15)],
  traits: [
    .trait(name: "OneDNN", description: "Run networks on oneDNN; without it, in plain Swift."),
    .default(enabledTraits: ["OneDNN"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "Files", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "Tensors", dependencies: ["Files"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Files"], swiftSettings: strict),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Files"], swiftSettings: strict),
    .target(name: "Graph", dependencies: ["Files", "Tensors", collections], swiftSettings: strict),
  ]
)
