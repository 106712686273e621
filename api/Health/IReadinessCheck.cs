namespace Actors.Api.Health;

/// <summary>Something without which this process cannot do its work.</summary>
internal interface IReadinessCheck
{
    /// <summary>What it is called in the answer.</summary>
    string Name { get; }

    /// <summary>Why it fails, without anything secret; null when it is fine.</summary>
    ValueTask<string?> ProblemAsync(CancellationToken cancellationToken);
}
