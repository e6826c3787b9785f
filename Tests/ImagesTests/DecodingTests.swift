import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct DecodingTests {
  /// Versions of libjpeg-turbo need not agree in the last bit of a level.
  @Test(arguments: ["colour", "progressive", "grey", "inks", "turned"])
  func jpegEqualsPillow(name: String) throws {
    let difference = try Fixture.image(name + ".jpg").difference(from: Fixture.pillow(name))
    #expect(difference <= 2)
  }

  @Test(arguments: [
    "palette", "transparent", "grey-transparent", "bits", "deep-colour", "deep-transparent", "deep-grey",
    "deep-grey-transparent", "interlaced", "interlaced-deep-grey", "large",
  ])
  func pngEqualsPillow(name: String) throws {
    #expect(try Fixture.image(name + ".png") == Fixture.pillow(name))
  }

  @Test(arguments: ["colour.jpg", "progressive.jpg", "palette.png", "deep-grey.png"])
  func everyTruncationIsNamed(name: String) throws {
    let bytes = try FileContents.read(Fixture.path(name))
    // The end marker is the last of a file's bytes, and an image is whole without all of it.
    for count in 0..<bytes.count - 12 {
      let error = dataError { () throws(EspalierError) in try Image(decoding: Array(bytes[..<count]), subject: "x") }
      #expect(error?.subject == "x", "\(count) bytes")
    }
  }

  @Test(arguments: ["colour.jpg", "inks.jpg", "progressive.jpg", "palette.png", "deep-transparent.png"])
  func damageNeverCrashes(name: String) throws {
    let bytes = try FileContents.read(Fixture.path(name))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<3 { damaged[generator.index(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next()) }
      let error = dataError { () throws(EspalierError) in try Image(decoding: damaged, subject: "x") }
      #expect(error == nil || error?.subject == "x")
    }
  }

  @Test func whatIsNoImageIsNamed() throws {
    func fault(_ bytes: [UInt8]) -> String? {
      dataError { () throws(EspalierError) in try Image(decoding: bytes, subject: "x") }?.fault
    }
    #expect(fault([]) == "is empty")
    #expect(fault(Array("not an image".utf8))?.hasPrefix("is not an image") == true)
    #expect(anyDataError { _ = try Image(contentsOf: "/no/such.jpg") }?.subject == "/no/such.jpg")
  }

  @Test func anImageThatClaimsToBeHugeIsRefused() throws {
    var bytes = try FileContents.read(Fixture.path("colour.jpg"))
    let frame = try #require((0..<bytes.count).first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xFD, 0xE8, 0xFD, 0xE8])
    let error = dataError { () throws(EspalierError) in try Image(decoding: bytes, subject: "x") }
    #expect(error?.fault.hasPrefix("claims 65000 x 65000 pixels") == true)
  }
}
