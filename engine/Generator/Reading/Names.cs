namespace Actors.Engine.Generator.Reading;

/// <summary>Metadata names of what the generator looks for.</summary>
internal static class Names
{
    public const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";
    public const string Id = "Orleans.IdAttribute";
    public const string TypeAlias = "Orleans.AliasAttribute";
    public const string AlwaysInterleave = "Orleans.Concurrency.AlwaysInterleaveAttribute";
    public const string ReadOnly = "Orleans.Concurrency.ReadOnlyAttribute";
    public const string OneWay = "Orleans.Concurrency.OneWayAttribute";
    public const string Reentrant = "Orleans.Concurrency.ReentrantAttribute";
    public const string GrainType = "Orleans.GrainTypeAttribute";
    public const string CollectionAgeLimit = "Orleans.CollectionAgeLimitAttribute";
    public const string PersistentState = "Orleans.Runtime.PersistentStateAttribute";
    public const string PersistentStateInterface = "Orleans.Runtime.IPersistentState<TState>";
    public const string GrainContext = "Orleans.Runtime.IGrainContext";
    public const string Addressable = "Orleans.Runtime.IAddressable";
    public const string Grain = "Orleans.IGrain";
    public const string GrainBase = "Orleans.IGrainBase";
    public const string GrainWithStringKey = "Orleans.IGrainWithStringKey";
    public const string Observer = "Orleans.IGrainObserver";
    public const string Remindable = "Orleans.IRemindable";
    public const string KeyedService = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Exception = "System.Exception";
}
