BEGIN TRANSACTION;
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
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"casting_vote":true,"roll_call":"1/3","secret":"1/3"},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','5a7e94b460c241bbac63ac5ac69399ece40504684fc36f2031b7c95ff9055531');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','d6f46a6372ab20fe49c63108d6e78bbd6bb16f937dbff1c532fc1d7f5b255de8');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','be373fa98953ce00f656276df4566ac2a1311de7007a22c89a49336915d6bd3e');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','befab941a73ba95d218b5488ea1181381c153d41428a4fb0bba40fa19cb0b39e');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','1166afb09c3ce443af485e905891c01702aaa50de3599f16aafcddddf64fce5e');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','215cdf34d6b300a75e888e6b8ad974e5c81e0ebceae35bfd2c641771a348662b');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','725b4e3d5fe30d8c729b5a356a214ffe890cdbadf7349ef138d62bede37a82f2');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','10b91848cc71abb8aa2b6405f0d464477eb67f0c11bf2f9e2b1a41156dd5d4d6');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','46d1e09c8d83cd22580d228fff2b5a0a208552ab35e0c9347eeae9fb1d179cbf');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','d57f441ffc7b84fba178d7e42dfdc86fc8c7d49b02cbb1016169a79cd5d594ab');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','f20cac7101416d40cd2146b62650b3d43b53047be5a98f2f1de8b6806ac5546b');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','c81b7916f4231cf88f0075173c7cf70e2fb67ba6c3059df32e097147d1822096');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','6387da41a2d781419184d242f0720be74357bc62a1bd3c17530c4d816760f691');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','d0c96c331e24d6b9a7874b80525871462790d4e26ac952b691d20c87ff10e978');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','2a3ca9ca732be05d75c1a3e945154dfa434a0c598bfed9fec2b3b88fa6c52297');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','cf56778f04800cb06d234d7101443b51c2f376ac40f5041940c8bfe5d1a20183');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','3d9e24b0537085193e5458e0c28d7ebd581fe068edc8217789351de60ab63fda');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','a2877fbd5a5fe5ef660cb41930e106a34f43620bc6eb85b852defddcc0e3cf7f');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','a7786c0eeee243aa94c4997e09557ff46ff354d09ac2c7d65999bca667442f08');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','e758a197f0f819c581d3a056ac49e379321fb575c8d7df12223fc2bd88181343');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','1936719f7651523ced9aea0c22ea9944f0a376269477315768989b23e850ab43');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","motion":"motion é","secret":true}','c88bab15813946a0196f0502494d19907a42684dd429f1b025294c168661bde7');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast','{"ballot":"ballot","choice":"for","member":"member","proxy":"proxy"}','867a69b0d62b8cf6c6217738fa3608968acd096c01357fd3b9adef7bd64a3398');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','0beaad8f7adb91bb116ec5b67320453779afa46d0e2396bc74725cb09e72de9f');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'BallotClosed','{"ballot":"ballot","decision":"decision","outcome":"adopted","tally":{"abstain":1,"against":1,"for_":1,"out":1},"why":"majority"}','2558e638adcaaff92f91d6e0d73180a455f3d8e47935cce0ce22cb54a08f9725');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'RecordingStarted','{}','51eea2f2ead006616360b47a05eec91d6157e64c035b358d6d230aa4a1357e51');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','dd6dcb2324f8c8e7cedca558f08a691359ecf00988eec2834eba6438a17a63f2');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingTroubled','{"code":"code"}','d3a276951ae629bfb066e981efd8481f1878008266211ca04fa193fd52b7d619');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingStopped','{}','52722046d0c41aaa762e047c3c33c1c02745e2301205e607a606762078901208');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','28b55083038874af7d6f5d08f8fb0ff37a7b25777fd3a7dc91aefc73268f03e9');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','340acb26aa897c270ff28d9431ac680c2ed7f1c27e65570e381cd8fd13dccd24');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'MinutesDrafted','{"digest":"digest"}','29ff13042ec279c896a238dbf238ecf001ae190e195b8897a001e1e416851e93');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'Posted','{"ref":"ref","surface":"surface"}','f413b1a431f902fa3cf164010c8f25850126d5071a874fcf0405b11049917d84');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','4b30442fcc656594c387d0aa7def45703f64fff78b130f8c9a1d082f6fbda193');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Resumed','{}','ba173e00a01c6d64bbbaa86f49305d9bc456cefcd005c6d57e8a5cbc4b6ccf1f');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'ClosedSessionAsked','{"member":"member"}','d81d7533a8ea3024d817ba4fd27b11d306cbb2b1eaa0158ae7456597ff8f065b');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'ClosedSessionPut','{"ballot":"ballot"}','7e565c22afb79b8fbe188a1ce5728d746a505f7046d9cd277b6220aae156f950');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionBegun','{"ballot":"ballot"}','f1b7602cd91abbeff3483bc3256eed59d5ebf154dda76fb0a879a0c69b1fdc57');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionEnded','{}','330721f280f9e269fab5b6ea8200aa1574e24a537d8398ebcdeeca18c2077bd6');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ItemMoved','{"before":1,"number":1}','c7b08908a0bdffee3ad7ce3a44d84330b38a832b3c58cb5f788bd73ec0fc56da');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ItemWithdrawn','{"number":1}','a32bc45eff159a8678c4d4c5ec64d8f2701bcc59f26cb8aedd0d34b687e34dfb');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemPostponed','{"number":1}','90ba0d97bbd6aa5ee3df1014466ed5fef1577d40e86225a79236eaa1c3f6ec46');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','00c32d790a05bda5539a101135d19d6b702ad8fce62ae76a2e091dd6e7f0c282');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'GavelHanded','{"member":"member"}','54ae568a8a4098afd56fd4e664fa22c8d011654ffc5a11c3bc25cd228bc17e7c');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'Excused','{"member":"member"}','a0db66df7093356599b5355c1c0536ab9d4365356af11735d07fdd3073699ec6');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'ExcuseWithdrawn','{"member":"member"}','685d2c48cd4733306fb3066582eecca88790cf39605bae6a9b3c37a91ad6b62b');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'QuorumLost','{"needed":1,"present":1}','c8ca1c5d9b578337205a9d1895b1333c9b5c0828f923bbd0f3d7d4e848f7ed66');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'QuorumRegained','{"needed":1,"present":1}','310710b27d54f21e674874c4d478904cce7cce49c31e3c4f429e24137213d495');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','96b1055923cead8a1833d22f36af598b37fc0c76f5608eafa1f463b7b6c0c93f');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	choice VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('78779a538913b5851a5aa0d0ffd209fb','ballot','for');
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
COMMIT;
