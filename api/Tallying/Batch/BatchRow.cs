using Actors.Tallying;

namespace Actors.Api.Tallying.Batch;

/// <summary>One row of a batch: a certificate to save, or what is wrong with it.</summary>
/// <param name="Line">Its line, or its place in an array, from 1.</param>
/// <param name="Id">The certificate's uuid: the row's own, or a new one.</param>
/// <param name="Command">What to save, when the row is right.</param>
/// <param name="Wrong">What is wrong, when it is not.</param>
/// <param name="Code">What is wrong, for programs.</param>
internal sealed record BatchRow(int Line, Guid Id, SaveCertificate? Command, string? Wrong, string Code = "invalid");
