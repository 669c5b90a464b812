BEGIN TRANSACTION;
CREATE TABLE decisions (
	decision VARCHAR NOT NULL, 
	PRIMARY KEY (decision)
);
INSERT INTO "decisions" VALUES('decision');
CREATE TABLE events (
	meeting VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"by" VARCHAR, 
	cause VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	data VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, seq), 
	UNIQUE (meeting, cause, part)
);
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','a7e5425b56cee7af238093575d25f4a4bb5b2d0c9940050ae178d2bbc58da79b');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','f14cf877a5dc249919d2d0462cc52628e68a285350c55ed46a8551abaa629f66');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','c432a7084a768bb3e27aeddfe255b63a8a54a3fce106b8ad47d184bac946b658');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','9be8c0d0bf3ab346d527080df0f340cc22b6b00f3c0acd93ab0daf7cbe68a025');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','ee2ad4a62f4f4a218e3e7f795bd2f0569d673053cc4ebad8ae1d66c88b7fb080');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','fa3e51d2bc05220edf2a0b044fc4876b5bc0f1d8f90df6d7ddbb062618f8484e');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','833f2da8a7df0c04edd08b58bb239c262cf7eab2ee0ab5c4b782bb10b6e0d81f');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','6fdbb35994ce78e865fce17dec3bffecc9e0dbc4ab4e0078086e617fe2737a26');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','a073f93bdc077b448b031e320c837059ea5c92bece646a766e67f41eef365161');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','d5acdb935e3de579f352cc915f4841e918c170acdd050eeb82ec0ace42022a90');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','5bdb613f3cd8fa0d248c91d96d729ce7a991041cc281038cd11a9a02448e0aa0');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','b4a509c8b81e6c8d64025e071ca99a6a9a50a86079e48ca01d5eac7a66274d44');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','abf07ddd648f142f0038bd2c4b1336101bff5215274410994b04abf99256b934');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','4751fb1c91d2f6e3a3adda01d9badc5d6d71f2b21317ae10c5de6490b2d577f9');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','2d5050164ec5f18168e84bceafbb6fc0d23aaf9db1f0891246a0d2f932f268e8');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','9fcdb6302a5906b07df1511dde863bb55fe018b33e6f23e843e09d1a3a50d3e8');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','f23f63b374f021dd40fe67ab6f06dbd02227b34de40a637d75c03f0b650475bb');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','0f4477336f9481580e2d67b117df8d43e016ed3eb8da0a948c69739b1afb07bf');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','70bd414a085b213441d78da211c0de9a9ae5506a8ccfaca5f9d92cac5256819e');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','b2412e63d223fb3853c969de2479dcee784c9a97524df7a694e55918437a4699');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','5e73ae3c28426161c658bac59ec59653e25cef933f5a5f9eac2a1e7a662b6a04');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","basis":"cast","candidates":["candidates"],"commitment":"commitment","deadline":"2026-11-22T17:30:00Z","form":"motion","key":"key","motion":"motion é","of":"of","options":["options"],"round":1,"seats":1,"secret":true,"threshold":"simple","waived":true}','4aa3cfc5ee8d587e572ba83b4bc52c2af109b24d6c1896ca46e0f1836c410497');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast.2','{"ballot":"ballot","mark":"mark","member":"member","proxy":"proxy","text":"text","weight":1}','b63e9e0bb25e4bd1ca1c296ce27d27d4f5e46f54c4520b622087061b49f3f2e7');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','c130fb962b1596eb0f4797203278e483c50fd6b2246b6419e4092158e18dbb63');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'UrnOpened','{"ballot":"ballot","slips":[{"mark":"mark","receipt":"receipt"}]}','b571510407ae3e1412375741fbbbf192a1e95a593380c84601f066fdfd8db4f3');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'BallotClosed','{"ballot":"ballot","counts":[1],"decision":"decision","elected":[1],"outcome":"adopted","seed":"seed","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','cd0ee4deb83cadcf7af16088f201e104c6d2d04b9abca79513a8df709613066b');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'BallotAnnulled','{"ballot":"ballot","reason":"reason"}','0b2cb2f1987eaae7001f2870c200c4c4f62bc989804bd0c64bc27ce809887b5d');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingStarted','{}','a09df6d7c22cb57cf204d70dc69a9d1c8449dd682d92d8c24fdaeb6644f66bf6');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','519d189da849f4d0404647f0c23b86cb09371296a93aa8e9876c345cfbab6550');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'RecordingTroubled','{"code":"code"}','23b5bbac808d6eeb5d4caf1c7f0a055b3e98f6d717a24cb1300a49e3cf87558a');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'RecordingStopped','{}','3b279c794235ca70a59d8f79638f91d6cfef7f7094e6ea19a0720ec09e29a270');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','469526fab2b545b5b73295ff2217dc92fe8338e9dee0010e5d1d2c96370e7553');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','68a018b7bce9f7e4c847f36e7c34e80fb2766c53fff37a625a665323ce8df7d5');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'MinutesDrafted','{"digest":"digest"}','a460fbcfb402a9eaae3dcf97e3c452b2826e44de812e34e69e057806c16320a4');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Posted','{"ref":"ref","surface":"surface"}','3585c6d541dabdc1d6fb232c03d3fa1ae5cfc87b3c6427ef6e8e62b1e265d611');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','72acae3ffea8d88a8e18bd761197dc949a572cae14efd3786dcbd7433f2c2d18');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'Resumed','{}','b4cade6966995f577a23a7cc8b0bbb63861ccb259c1b12ef896537a833e46d74');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionAsked','{"member":"member"}','63eccfe5d45aaf7421da5641fc12616a1b41b10a48805851504cf3bc13fba2f7');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionPut','{"ballot":"ballot"}','94c30f9c32104be8f622381c208dc87fde218e3fb8b80a67c60bbd1b7a18fdcc');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ClosedSessionBegun','{"ballot":"ballot"}','2eeeac0b67b77aed218c13dc393a2717e3475592e849219310f79f2a6d206320');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ClosedSessionEnded','{}','a37208e3dec6d6a605debeae6646c56ef3488db6a12b805617988184fe6b5fe9');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemMoved','{"before":1,"number":1}','b326b1323e6bd2490f8a76c22147053473aab45ff76709c015af14277d538349');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemWithdrawn','{"number":1}','1442d7349810cf7a920bfbbdcd50aa373004a92b7b5b79dd50cb19622a20ac4d');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'ItemPostponed','{"number":1}','d85549c5543261bbeaf60966188e3fcdd711eaa78c38f5cef1fafc98b82f7024');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','132b876dedfe4b78d97ad70115123ed56b46fd0dabd46c849f3c73d48510dca7');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'GavelHanded','{"member":"member"}','168e000b2a5caf8226a6033893ca71638e191ee169c88d56df1a121ff9ffab30');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'Excused','{"member":"member"}','2027806b528cb428da1a0c8d3ad441e1b48b1e10a04bf80cbefb433a1c08e6c2');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'ExcuseWithdrawn','{"member":"member"}','9e75965508d7cbc3e3128bf3e72b604feafd1cbd6a6109279977adda451d4b4f');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'QuorumLost','{"needed":1,"present":1}','9a61b5a296daa84f64b71380e0c513bc23aac89ed8d8d52258a178883b40cecd');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'QuorumRegained','{"needed":1,"present":1}','cda8498f7f9e52e15e17780fdc70ba20b3d456b5761156b40b5fd5fda7a584d5');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','b12ff0599c202e4cdb6dec6c878dee347174bf060828942f375dfa118f51f06c');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'MinutesProposed','{"digest":"digest","until":"2026-11-22T17:30:00Z"}','2cc36c88a0d4c9aba567ea76fca72a2c08129a4e120ee865910d9d12acb1dd4f');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'CorrectionAsked','{"digest":"digest","member":"member","request":"request","utterance":"utterance"}','76e7e06a0131ca5a2ebef25711e3fe326c013cced7ed7596ff02aa4f6cee9711');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'CorrectionAnswered','{"accepted":true,"request":"request"}','a4299d8b3df8ce4232bb8e19ae865edf2053209dce22f20b86270fc266ab99b4');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'MinutesApproved','{"ballot":"ballot","digest":"digest","of":"of"}','96e58393ab5409c3760788fad48464cb4deb6a6993a09248ae5a0ab848051736');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'ApprovalNoted','{"at":"2026-11-22T17:30:00Z","ballot":"ballot","digest":"digest","during":"during"}','c3ff3310fb2e3fed4d4cf060b7fcc4149938d01824fa258890f606b366285464');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'MinutesSigned','{"digest":"digest","key":"key","member":"member","role":"chair","signature":"signature"}','5d37e7cd6fb38c4adbe0128b95bc5ce2c21abc43342126746c81550008490f13');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'MinutesPublished','{"digest":"digest"}','8c34fa6dd6f7979592f90ef1d2111dd3e6ecb992e09c2163c000a66a180d7156');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'AudioDeleted','{"files":1,"size":1,"why":"approved"}','f80cc370d3f5345164cc773c36a9f9b5fee52acc92381888b5da6322e5e8f599');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'ActionNoted','{"due":"due","member":"member","what":"what"}','091732f4e335e051cf7283ed49e774c6dc1d3400fa02cddd05a54fe4aaa81d4f');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'RecordingDeclined','{"member":"member"}','ffa98294088ae4c489263c6cb72c87dc1c21bc1188bf90cea2ca680530593a2f');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'RecordingAccepted','{"member":"member"}','c815ff6cae5bd32cfae254f872a701fe0b50ec2e59d5c878e0408123093ed2c7');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE requests (
	request VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (request)
);
CREATE TABLE secrets (
	ballot VARCHAR NOT NULL, 
	private VARCHAR NOT NULL, 
	seed VARCHAR NOT NULL, 
	PRIMARY KEY (ballot)
);
INSERT INTO "secrets" VALUES('running','70f8ba798e13d513d9945b33166acb74429bcc45d8b96c9ee29c794eecea3424','81c574d1f4f8b6e11299df5547a3315fa0971694deb5173a94dba93bb1297d11');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('e7b084ea19895f09a5e65ee6b54b7cd6','running','33d7121e02a9ab20c75ce04fa2275249e9c96d48f40bf2623fba2d9106d7e95cd0467b76cef6db6f27363c2963f4ec33cb4cf9f5bc717d3d642526dc0fa6552c1297ba2372f347ec9d951b31ea52c09f279cce821e36c2b246bbcf3645f7810e408c7705812c9c40c158dcc2aba51a04f2b6f6b5b2030be0e326b41ebb5e08fa068f9264e56ba24918274075778cf6ee244be609e2584225af38898cdc8db1f5b7d94f65d6d826101dc86ff48e776ba4c426fc585da49d5efe71fac4e074f6277f8700a73bb2755550097bfaae390173');
CREATE TABLE words (
	utterance VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	doubtful INTEGER NOT NULL, 
	PRIMARY KEY (utterance)
);
INSERT INTO "words" VALUES('utterance','conseil-2026-11-22','Bonsoir à tous.','fr',-0.25,1);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_urn_ballot ON urn (ballot);
CREATE INDEX ix_words_meeting ON words (meeting);
CREATE INDEX ix_requests_meeting ON requests (meeting);
CREATE INDEX ix_requests_member ON requests (member);
COMMIT;
