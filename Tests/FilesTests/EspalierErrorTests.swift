import EspalierFiles
import Testing

@Suite struct EspalierErrorTests {
  @Test("An error is one sentence, with a remedy where there is one")
  func sentences() {
    let error = EspalierError(.file, "a.npy", "is empty")
    #expect(error.description == "a.npy: is empty")
    #expect(EspalierError(.data, "a.npy", "is empty", remedy: "fill it").description == "a.npy: is empty; fill it")
    #expect("\(EspalierError(refusal: "there is nothing to do"))" == "there is nothing to do")
  }

  @Test("What is put before the subject changes neither kind, fault nor remedy", arguments: EspalierError.Kind.allCases)
  func contexts(_ kind: EspalierError.Kind) {
    let error = EspalierError(kind, "node \"a\"", "reads itself", remedy: "mend it").within("m.onnx")
    #expect(error == EspalierError(kind, "m.onnx, node \"a\"", "reads itself", remedy: "mend it"))
    #expect(error.kind == kind)
  }

  @Test("A sentence without a subject gets the context as its subject")
  func contextsOfRefusals() {
    let error = EspalierError(refusal: "there is nothing to do").within("m.onnx")
    #expect(error.kind == .refusal && error.description == "m.onnx: there is nothing to do")
  }

  @Test("Errors of two kinds differ though they read the same")
  func kinds() {
    let errors = Set(EspalierError.Kind.allCases.map { EspalierError($0, "a", "b") })
    #expect(errors.count == EspalierError.Kind.allCases.count)
    #expect(Set(errors.map(\.description)) == ["a: b"])
  }
}
