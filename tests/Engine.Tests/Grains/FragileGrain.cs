using Orleans;

namespace Actors.Engine.Tests.Grains;

/// <summary>Its first activation fails.</summary>
[Alias("tests.fragile")]
public interface IFragileGrain : IGrainWithStringKey
{
    [Alias("activations")]
    Task<int> ActivationsAsync();
}

public sealed class FragileGrain(Gates gates) : Grain, IFragileGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await gates["fragile"].PassAsync();
        if (gates["fragile"].Count == 1)
        {
            throw new InvalidOperationException("not today");
        }
    }

    public Task<int> ActivationsAsync() => Task.FromResult(gates["fragile"].Count);
}

/// <summary>Is collected early.</summary>
[Alias("tests.short-lived")]
public interface IShortLivedGrain : IGrainWithStringKey
{
    [Alias("touch")]
    Task TouchAsync();
}

[CollectionAgeLimit(Minutes = 2)]
public sealed class ShortLivedGrain(Gates gates) : Grain, IShortLivedGrain
{
    public Task TouchAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gates[$"short-lived:{this.GetPrimaryKeyString()}"].Enter();
        return Task.CompletedTask;
    }
}

/// <summary>All its calls interleave.</summary>
[Alias("tests.reentrant")]
public interface IReentrantGrain : IGrainWithStringKey
{
    [Alias("pass")]
    Task PassAsync(string gate);

    [Alias("call-self")]
    Task<int> CallSelfAsync();

    [Alias("one")]
    Task<int> OneAsync();
}

[Orleans.Concurrency.Reentrant]
public sealed class ReentrantGrain(Gates gates) : Grain, IReentrantGrain
{
    public Task PassAsync(string gate) => gates[gate].PassAsync();

    public Task<int> CallSelfAsync() => this.AsReference<IReentrantGrain>().OneAsync();

    public Task<int> OneAsync() => Task.FromResult(1);
}
