using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A record of state that belongs to one grain.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Marks a constructor parameter as a record of state with this name.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = true)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    /// <summary>The name; unique among all grain classes.</summary>
    public string StateName { get; } = stateName;

    /// <summary>The store, null for the default one.</summary>
    public string? StorageName { get; } = storageName;
}
