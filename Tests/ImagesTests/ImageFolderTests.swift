import EspalierDatasets
import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct ImageFolderTests {
  let small = ImageTransform(size: 16, resize: 18)

  @Test func foldersAreClassesInSortedOrder() throws {
    let directory = try TemporaryDirectory()
    try directory.fill([
      "b/2.JPG": "colour.jpg", "b/10.png": "palette.png", "a/z/deep.jpeg": "grey.jpg", "a/y.png": "bits.png",
      "Z/1.jpg": "inks.jpg", "b/.hidden.jpg": "grey.jpg", "a/notes.txt": "bits.png",
    ])
    let folder = try ImageFolder(directory.path, transform: small)
    #expect(folder.classes == ["Z", "a", "b"])
    #expect(
      folder.paths.map { String($0.dropFirst(directory.path.count + 1)) }
        == ["Z/1.jpg", "a/y.png", "a/z/deep.jpeg", "b/10.png", "b/2.JPG"])
    let batch = try folder.samples(at: [4, 0, 1])
    #expect(batch.labels == [2, 0, 1])
    #expect(batch.indices == [4, 0, 1])
    #expect(batch[Batch.samples].shape == [3, 3, 16, 16])
    let expected = small.numbers(of: try Fixture.image("colour.jpg"))
    #expect(Array(batch[Batch.samples].elements(as: Float.self).prefix(expected.count)) == expected)
  }

  @Test func copiesOfAFileAreFoundWithoutDecoding() throws {
    let directory = try TemporaryDirectory()
    try directory.fill(["a/1.jpg": "colour.jpg", "a/2.jpg": "grey.jpg", "b/1.jpg": "colour.jpg"])
    try directory.write("b/2.jpg", [1, 2, 3])
    let folder = try ImageFolder(directory.path, transform: small)
    let prints = folder.fingerprints(of: [0, 1, 2, 3])
    #expect(prints[0] == prints[2] && Set(prints).count == 3 && folder.skipped.isEmpty)
    #expect(HeldOutSamples(of: folder).duplicateCount == 1)
    try FileManager.default.removeItem(atPath: directory.path + "/a/2.jpg")
    #expect(folder.fingerprints(of: [1]) == [nil])
  }

  @Test func framesOfAClipStayTogether() throws {
    let directory = try TemporaryDirectory()
    for clip in 0..<10 {
      for frame in 0..<3 { try directory.write("a/\(clip)/\(frame).jpg", [UInt8(clip), UInt8(frame)]) }
    }
    // A class with a single folder in it, or with images of its own, has no clips.
    for image in 0..<10 { try directory.write("b/images/\(image).jpg", [1, 2, UInt8(image)]) }
    let folder = try ImageFolder(directory.path, transform: small)
    let clusters = folder.paths.indices.map(folder.cluster)
    #expect(clusters.prefix(30).elementsEqual((0..<30).map { $0 / 3 }) && clusters.suffix(10).allSatisfy { $0 == nil })
    let parts = HeldOutSamples(of: folder)
    let (seen, heldOut) = (Set(parts.seen.compactMap(folder.cluster)), Set(parts.heldOut.compactMap(folder.cluster)))
    #expect(seen.isDisjoint(with: heldOut) && !heldOut.isEmpty && parts.duplicateCount == 0)
    #expect(parts.seen.count + parts.heldOut.count == 40)
    // Of images at even distances, the others of their clips are no strangers: then these are parted.
    let few = HeldOutSamples(of: folder, limit: 20)
    #expect(Set(few.seen.compactMap(folder.cluster)).isDisjoint(with: Set(few.heldOut.compactMap(folder.cluster))))
  }

  @Test func aFlatFolderHasNoLabels() throws {
    let directory = try TemporaryDirectory()
    try directory.fill(["2.jpg": "colour.jpg", "1.png": "palette.png"])
    let data = try open("\(directory.path)/,size=8")
    #expect(data.classCount == nil)
    let batch = try data.samples(at: [1, 0])
    #expect(batch.labels == nil)
    #expect(batch[Batch.samples].shape == [2, 3, 8, 8])
  }

  @Test func representativesAreOfAllClasses() throws {
    let directory = try TemporaryDirectory()
    for index in 10..<20 { try directory.fill(["\(index < 15 ? "a" : "b")/\(index).jpg": "grey.jpg"]) }
    let data = try open("\(directory.path),size=8").representatives(4)
    #expect(try data.samples(at: [0, 1, 2, 3]).labels == [0, 0, 1, 1])
    #expect(data.representatives(9).count == 4)
  }

  @Test func linksAreFollowedAndLoopsEnd() throws {
    let directory = try TemporaryDirectory()
    try directory.fill(["a/1.jpg": "grey.jpg"])
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/a/loop", withDestinationPath: directory.path + "/a")
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/b", withDestinationPath: directory.path + "/a")
    #expect(try ImageFolder(directory.path).count == 2)
  }

  @Test func foldersThatMakeNoSenseAreNamed() throws {
    let directory = try TemporaryDirectory()
    func fault() -> String {
      dataError { () throws(EspalierError) in try ImageFolder(directory.path) }?.description ?? ""
    }
    #expect(fault().contains("holds no images"))
    try directory.fill(["a/1.jpg": "grey.jpg", "b/readme.txt": "grey.jpg"])
    #expect(fault().contains("/b: is a class folder without images"))
    try directory.fill(["b/2.jpg": "grey.jpg", "stray.png": "bits.png"])
    #expect(fault().contains("images of no class beside them (stray.png)"))
    #expect(dataError { () throws(EspalierError) in try open("/no/such/") }?.fault == "is no directory")
  }

  @Test func partsShareTheClassesOfTheTrainingPart() throws {
    let directory = try TemporaryDirectory()
    try directory.fill(["train/a/1.jpg": "grey.jpg", "train/b/1.jpg": "grey.jpg", "val/b/2.jpg": "grey.jpg"])
    let argument = "images:\(directory.path),size=8"
    #expect(try open(argument).count == 2)
    #expect(try open(argument, split: .test).samples(at: [0]).labels == [1])
    #expect(try open(argument, split: .test).classCount == 2)
    try directory.fill(["val/c/2.jpg": "grey.jpg"])
    let error = dataError { () throws(EspalierError) in try open(argument, split: .test) }
    #expect(error?.fault == "is a class that the training part does not have")
  }

  @Test func optionsSayHowImagesBecomeSamples() throws {
    let directory = try TemporaryDirectory()
    try directory.fill(["1.png": "large.png"])
    func transform(_ options: String) throws -> ImageTransform? {
      (try open(directory.path + options) as? ImageFolder)?.transform
    }
    #expect(try transform("") == ImageTransform())
    #expect(try transform(",size=32") == ImageTransform(size: 32, resize: 32))
    #expect(try transform(",resize=40,size=32") == ImageTransform(size: 32, resize: 40))
    let normalization = Normalization(mean: [0.5, 0.5, 0.5], deviation: [1, 2, 3])
    #expect(try transform(",mean=0.5,std=1:2:3") == ImageTransform(normalization: normalization))
    func augmentation(_ options: String) throws -> ImageTransform.Augmentation.Kind? {
      (try open(directory.path + options) as? ImageFolder)?.augmentation
    }
    #expect(try augmentation("") == .part() && augmentation(",augment=0.5") == .part(scale: 0.5...1))
    #expect(try augmentation(",augment=no") == nil && augmentation(",size=32,augment=crop") == .shift(padding: 4))
    for wrong in ["size=0", "size=x", "size=40,resize=32", "mean=1:2", "std=0", "std=nan", "augment=2", "colour=red"] {
      let error = dataError { () throws(EspalierError) in try open("\(directory.path),\(wrong)") }
      #expect(error?.subject == "\(directory.path),\(wrong)", "\(wrong)")
    }
  }
}
