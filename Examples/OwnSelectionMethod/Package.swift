// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnSelectionMethod",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "espalier", path: "../..")],
  targets: [
    .executableTarget(
      name: "OwnSelectionMethod", dependencies: [.product(name: "Espalier", package: "espalier")], path: "Sources")
  ]
)
